/** An answer other than 2xx, in the words of the Engine API: a client shows `message` to the person who wrote the test. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A container that could not be made, which is never the learner's fault. */
export class BootError extends Error {
  override readonly name = 'BootError';
}
