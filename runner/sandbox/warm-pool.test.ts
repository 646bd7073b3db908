import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { WarmPool } from './warm-pool.ts';

class Thing implements AsyncDisposable {
  static made = 0;
  disposed = false;
  readonly number = ++Thing.made;
  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true;
  }
}

async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await turn();
}

describe('a warm pool', () => {
  test('has nothing until it is told to fill, and then no more than its size', async () => {
    const pool = new WarmPool(2, async () => new Thing());
    expect(pool.takeSpare()).toBeUndefined();
    pool.fill();
    await settle();
    const taken = [pool.takeSpare(), pool.takeSpare(), pool.takeSpare()];
    expect(taken.map((thing) => thing !== undefined)).toEqual([true, true, false]);
  });

  test('hands each out once', async () => {
    const pool = new WarmPool(3, async () => new Thing());
    pool.fill();
    await settle();
    const numbers = [pool.takeSpare(), pool.takeSpare(), pool.takeSpare()].map((thing) => thing?.number);
    expect(new Set(numbers).size).toBe(3);
  });

  test('makes no more while it is paused', async () => {
    let made = 0;
    const pool: WarmPool<Thing> = new WarmPool(5, async () => {
      if (++made === 2) pool.pause();
      return new Thing();
    });
    pool.fill();
    await settle();
    expect(made).toBe(2);
    pool.fill();
    await settle();
    expect(made).toBe(5);
  });

  test('goes on after one could not be made, and tells of it', async () => {
    let fail = true;
    const troubles: (string | undefined)[] = [];
    const make = async () => {
      if (fail) throw new Error('out of memory');
      return new Thing();
    };
    const pool = new WarmPool(1, make, (trouble) => troubles.push(trouble));
    pool.fill();
    await settle();
    expect(pool.takeSpare()).toBeUndefined();
    fail = false;
    pool.fill();
    await settle();
    expect(pool.takeSpare()).toBeInstanceOf(Thing);
    expect(troubles).toEqual(['out of memory', undefined]);
  });

  test('disposes of its spares, and of one that is being made', async () => {
    const all: Thing[] = [];
    const pool = new WarmPool(2, async () => {
      await turn();
      const thing = new Thing();
      all.push(thing);
      return thing;
    });
    pool.fill();
    await turn();
    await pool[Symbol.asyncDispose]();
    expect(all.length).toBeGreaterThan(0);
    expect(all.every(({ disposed }) => disposed)).toBe(true);
  });

  test('does not wait for one that takes long when it ends, and calls that no trouble', async () => {
    const troubles: unknown[] = [];
    const make = (signal: AbortSignal) =>
      new Promise<Thing>((_, reject) => signal.addEventListener('abort', () => reject(new Error('called off'))));
    const pool = new WarmPool(1, make, (trouble) => troubles.push(trouble));
    pool.fill();
    await turn();
    await pool[Symbol.asyncDispose]();
    expect(troubles).toEqual([]);
  });
});
