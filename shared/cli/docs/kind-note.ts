/** What a person wants to know of a kind of check beyond its fields. */
export type KindNote = Readonly<{
  promises: string;
  /** A whole check, as the file writes it. */
  example: string;
  /** What a FAIL of the example says. */
  fails: string;
}>;
