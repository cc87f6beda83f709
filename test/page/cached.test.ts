import { expect, it } from 'vitest';
import { cached } from '../../shared/adapters/pages/cached.ts';

const START = Date.parse('2022-01-01T00:00:00.000Z');

function watchedCache() {
  const clock = { ms: START };
  const cache = cached<number>(() => new Date(clock.ms).toISOString(), 60_000);
  let reads = 0;
  return { clock, cache, read: async () => ++reads, reads: () => reads };
}

it('asks once, however many ask before there is an answer', async () => {
  const { cache, read, reads } = watchedCache();
  expect(await Promise.all([cache('a', read), cache('a', read), cache('a', read)])).toEqual([
    1, 1, 1,
  ]);
  expect(reads()).toBe(1);
});

it('asks for each key by itself', async () => {
  const { cache, read } = watchedCache();
  expect([await cache('a', read), await cache('b', read)]).toEqual([1, 2]);
});

it('asks again a minute after the answer, and not before', async () => {
  const { clock, cache, read } = watchedCache();
  await cache('a', read);
  clock.ms = START + 59_999;
  expect(await cache('a', read)).toBe(1);
  clock.ms = START + 60_000;
  expect(await cache('a', read)).toBe(2);
});

it('counts the minute from the answer, so that a slow one is not asked for while it is under way', async () => {
  const { clock, cache, read, reads } = watchedCache();
  let answer = (_: number) => {};
  const slow = cache('a', () => new Promise<number>((done) => (answer = done)));
  clock.ms = START + 90_000;
  const second = cache('a', read);
  answer(7);
  expect(await Promise.all([slow, second])).toEqual([7, 7]);
  expect(reads()).toBe(0);
});

it('forgets an error', async () => {
  const { cache, read } = watchedCache();
  await expect(cache('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await cache('a', read).catch(String)).toBe(1);
});
