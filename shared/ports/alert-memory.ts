import type { AlertRecord } from '../core/alerts/alert-record.ts';
import type { Instant } from '../core/run.ts';

/** `version` counts commits; 0 before the first. */
export type StoredAlert = Readonly<{ version: number; record: AlertRecord | null }>;

/**
 * What everybody who tells people remembers: Firestore in the cloud, SQLite on one machine. A record is kept for 400 days
 * after it was written last.
 *
 * Any method may throw PhasegateError `unavailable`; a commit that threw it may still have been written.
 */
export interface AlertMemory {
  load(id: string): Promise<StoredAlert>;

  /** @throws PhasegateError `conflict` when the record is no longer at `expected`: nothing changes */
  commit(id: string, expected: number, record: AlertRecord, at: Instant): Promise<void>;
}
