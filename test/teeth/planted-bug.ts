/** A bug of a validator that somebody really had, put back into ours. */
export type PlantedBug = Readonly<{
  name: string;
  file: string;
  /** Text that occurs exactly once in the file, and what takes its place. */
  find: string;
  replace: string;
  /** Test files in which at least one test must fail. */
  tests: readonly string[];
}>;

export const CORE = 'test/core';
export const CHECKS = `${CORE}/checks`;
export const STATISTICS = `${CORE}/statistics`;
