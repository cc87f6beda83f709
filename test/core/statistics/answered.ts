import { expect } from 'vitest';

/** The answer as the kind that the test expects; fails the test for any other kind. */
export function answered<Answer extends { kind: string }, Kind extends Answer['kind']>(
  answer: Answer,
  kind: Kind,
): Extract<Answer, { kind: Kind }> {
  expect(answer).toMatchObject({ kind });
  return answer as Extract<Answer, { kind: Kind }>;
}

/** Standard normal values, the same for the same seed. */
export function normalValues(seed: number, length: number): readonly number[] {
  let state = seed;
  const uniform = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from(
    { length },
    () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}
