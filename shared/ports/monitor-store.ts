import type { MonitorState } from '../core/monitor/monitor-state.ts';

/** `version` counts commits; 0 before the first. */
export type StoredMonitor = Readonly<{ version: number; state: MonitorState }>;

/**
 * Remembers what monitors saw: Firestore in the cloud, SQLite on one machine. A monitor is known by its name.
 *
 * Any method may throw PhasegateError `unavailable`; a commit that threw it may still have been written.
 */
export interface MonitorStore {
  /** A monitor that never ran has the empty state. */
  load(monitor: string): Promise<StoredMonitor>;

  /** @throws PhasegateError `conflict` when the monitor is no longer at `expected`: nothing changes */
  commit(monitor: string, expected: number, state: MonitorState): Promise<void>;
}
