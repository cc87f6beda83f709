import { randomOf } from '../../shared/league/random.ts';
import type { Moment } from './owner.ts';
import type { Undisturbed } from './story.ts';

/**
 * When the n-th story kills, from 1: twice in a quarter of the stories. Two of three go through the statements of
 * an undisturbed run in a random order, so that in time each of them was one, the first ones too; the others come
 * at any time. The same seed gives the same moments.
 */
export function momentsOf(
  seed: string,
  n: number,
  { statements, milliseconds }: Pick<Undisturbed, 'statements' | 'milliseconds'>,
): readonly Moment[] {
  const random = randomOf('kills', seed, n);
  const atAnyTime = { milliseconds: random.int(0, Math.round(milliseconds)) };
  const second = random.chance(0.25) ? [{ statement: random.int(1, statements) }] : [];
  if (n % 3 === 0) return [atAnyTime, ...second];
  const deck = randomOf('kills', seed, 'statements').shuffled(
    Array.from({ length: statements }, (_, index) => index + 1),
  );
  const turn = Math.floor((n - 1) / 3) * 2 + ((n - 1) % 3);
  return [{ statement: deck[turn % statements] ?? 1 }, ...second];
}
