/** A bug of a validator that somebody really had, put back into ours. */
export type PlantedBug = Readonly<{
  name: string;
  file: string;
  /** Text that occurs exactly once in the file, and what takes its place. */
  find: string;
  replace: string;
  /** Tests of which at least one must fail. */
  tests: readonly string[];
}>;
