import { expect, it } from 'vitest';
import { fromFirestore, refusalOf } from '../../shared/adapters/gcp/firestore-errors.ts';
import { PhasegateError } from '../../shared/core/errors.ts';

const coded = (code: unknown) => Object.assign(new Error('no'), { code });

it.each([
  ['NOT_FOUND', 5, 'changed'],
  ['ALREADY_EXISTS', 6, 'exists'],
  ['FAILED_PRECONDITION', 9, 'changed'],
  ['ABORTED', 10, 'changed'],
  ['INVALID_ARGUMENT', 3, null],
  ['PERMISSION_DENIED', 7, null],
  ['RESOURCE_EXHAUSTED', 8, null],
  ['UNAVAILABLE', 14, null],
  ['UNAUTHENTICATED', 16, null],
  ['a broken connection', 'ECONNRESET', null],
])('%s refuses a write as: %3$s', (_, code, refusal) => {
  expect(refusalOf(coded(code))).toBe(refusal);
});

it.each([coded(7), coded('ECONNRESET'), new Error('no credentials'), 'a text'])(
  'takes %s for trouble that may pass, never for the fault of a message',
  (error) => {
    expect(fromFirestore(error)).toMatchObject({ kind: 'unavailable', cause: error });
  },
);

it('leaves what it knows already as it is', () => {
  const known = new PhasegateError('bug', 'ours');
  expect(fromFirestore(known)).toBe(known);
});
