/**
 * Keeps the evidence of gates, one text each, for ever: a bucket in the cloud, files on one machine.
 *
 * An id is letters, digits, `-` and `_`. Any method may throw PhasegateError `unavailable`.
 */
export interface EvidenceStore {
  /**
   * Keeps the text, whole or not at all. Keeping the same text again is fine.
   *
   * @throws PhasegateError `conflict` when another text is kept under this id: nothing changes
   */
  put(id: string, text: string): Promise<void>;

  /** @throws PhasegateError `not-found` when nothing is kept under this id */
  get(id: string): Promise<string>;

  /** Every id, sorted. */
  list(): Promise<readonly string[]>;
}
