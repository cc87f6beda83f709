import type { RunId } from '../core/ids.ts';
import type { Effect, RunEvent, RunState } from '../core/run.ts';

/** A fact and the id under which it was posted; the id is its de-duplication. */
export type Fact = Readonly<{ id: string; event: RunEvent }>;

/** An effect that was promised and is not yet known to be done. `seq` never repeats within a run. */
export type Promised = Readonly<{ seq: number; effect: Effect }>;

export type StoredRun = Readonly<{
  id: RunId;
  /** Null until the first fact was folded. */
  state: RunState | null;
  /** Counts commits; 0 before the first. */
  version: number;
  /** Facts that are posted and not yet folded, oldest first. */
  inbox: readonly Fact[];
  /** Oldest first. */
  outbox: readonly Promised[];
}>;

export type Commit = Readonly<{
  /** The version the caller loaded. */
  expected: number;
  state: RunState;
  /** Ids of the inbox facts that this state contains; they leave the inbox and are kept for ever. */
  folded: readonly string[];
  effects: readonly Effect[];
}>;

/**
 * Remembers runs: Firestore in the cloud, SQLite on one machine.
 *
 * Any method may throw PhasegateError `unavailable`; a commit that threw it may still have been
 * written, so load again before you decide anything.
 */
export interface RunStore {
  /** Keeps a pipeline definition under its hash; keeping it twice is fine. */
  saveDefinition(hash: string, text: string): Promise<void>;

  /** @throws PhasegateError `not-found` when no definition has this hash */
  loadDefinition(hash: string): Promise<string>;

  /**
   * Puts a fact into the run's inbox, and the run into being when it is the first.
   * False when a fact with this id was ever posted to this run: then nothing changes.
   */
  post(run: RunId, fact: Fact): Promise<boolean>;

  /** Whether a fact with this id was ever posted to this run. */
  knows(run: RunId, factId: string): Promise<boolean>;

  /** Null when nothing was ever posted to this run. */
  load(run: RunId): Promise<StoredRun | null>;

  /**
   * Writes state, promises and the move of the folded facts, all or nothing.
   *
   * @throws PhasegateError `conflict` when the run is no longer at `expected`
   */
  commit(run: RunId, commit: Commit): Promise<void>;

  /** Drops a promise that was kept. Dropping one that is already gone is fine. */
  settle(run: RunId, seq: number): Promise<void>;

  /** All folded facts, in the order in which they were folded. */
  facts(run: RunId): Promise<readonly Fact[]>;

  /** Every run, the one that changed last first. */
  list(): Promise<readonly RunId[]>;
}
