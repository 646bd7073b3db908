/** What the exercise's solution and Testcontainers' own examples name. */
export const usualImage = 'postgres:16-alpine';

/** The image that containers are started from; `BENCH_IMAGE` names another where Docker has not the usual one. */
export const benchImage = process.env.BENCH_IMAGE || usualImage;
