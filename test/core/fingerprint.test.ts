import { expect, it } from 'vitest';
import { fingerprint } from '../../shared/core/fingerprint.ts';

it.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('of %j is what FNV-1a of 64 bits makes of it', (text, hash) => {
  expect(fingerprint(text)).toBe(hash);
});
