import { expect, it } from 'vitest';
import { lookupOf, nameSource } from '../../shared/league/names.ts';
import { randomOf } from '../../shared/league/random.ts';

it('never gives two players the same lookup', () => {
  const next = nameSource(randomOf('names'));
  const names = Array.from({ length: 5000 }, next);
  expect(new Set(names.map(({ lookup }) => lookup)).size).toBe(5000);
  expect(names.filter(({ full, lookup }) => lookup !== lookupOf(full))).toEqual([]);
});

it('looks a name up by its letters alone', () => {
  expect(lookupOf("Terédo O'Ström Jr.")).toBe('teredoostromjr');
});
