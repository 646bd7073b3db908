import type { Redis } from './connect';

type Load = (product: string) => Promise<number | null>;

// #region price
/** Prices in cents. A product that does not exist is remembered too, as “none”. If Redis is away, the shop goes on. */
export async function priceOf(redis: Redis, product: string, load: Load): Promise<number | null> {
  const key = `price:${encodeURIComponent(product)}`;
  const cached = await redis.get(key).catch(() => null);
  if (cached !== null) return cached === 'none' ? null : Number(cached);
  const price = await load(product);
  await redis.set(key, price === null ? 'none' : `${price}`, { expiration: { type: 'EX', value: 60 } }).catch(() => {});
  return price;
}
// #endregion price

// #region collide
export const collidingKey = (tenant: string, query: string) => `search:${tenant}:${query}`;
export const safeKey = (tenant: string, query: string) => ['search', tenant, query].map(encodeURIComponent).join(':');
// #endregion collide
