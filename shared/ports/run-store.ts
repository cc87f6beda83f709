import type { DaySet } from '../core/day-set.ts';
import type { LaunchId, RunId, TableName } from '../core/ids.ts';
import type { Effect, RunState } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';

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

/** Runs as of their last commit; one before its first has no state, and takes a place all the same. */
export type NewestRuns = Readonly<{
  runs: readonly RunState[];
  /** How many runs changed before these. */
  older: number;
}>;

export type Commit = Readonly<{
  /** The version the caller loaded. */
  expected: number;
  state: RunState;
  /** Ids of the inbox facts that this state contains; they leave the inbox and are kept for ever. */
  folded: readonly string[];
  /** A fact that this state contains as well, after those; it is posted and folded by this commit. */
  posted?: Fact;
  effects: readonly Effect[];
}>;

/** What one launch holds of its table while its job may write. */
export type Lock = Readonly<{ table: TableName; launch: LaunchId; run: RunId; days: DaySet }>;

/** One holding of a lock, from when it was taken until somebody let go of it. Taken again, it is another one. */
export type Holding = Readonly<{ table: TableName; launch: LaunchId; token: string }>;

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

  /**
   * As `post`, where `holding` lasts until then, and lets go of it at that same moment.
   *
   * @throws PhasegateError `conflict` when somebody let go of it before: nothing changes
   */
  postHolding(run: RunId, fact: Fact, holding: Holding): Promise<boolean>;

  /** Whether a fact with this id was ever posted to this run. */
  knows(run: RunId, factId: string): Promise<boolean>;

  /** As of its last commit; null before the first, or where there is no such run. Costs less than the whole run. */
  state(run: RunId): Promise<RunState | null>;

  /** Null when nothing was ever posted to this run. */
  load(run: RunId): Promise<StoredRun | null>;

  /**
   * Writes state, promises and the move of the folded facts, all or nothing.
   *
   * @returns what it promised, in the order of `effects`
   * @throws PhasegateError `conflict` when the run is no longer at `expected`, or a fact with the id of the posted
   *   one was ever posted to it
   */
  commit(run: RunId, commit: Commit): Promise<readonly Promised[]>;

  /** Drops a promise that was kept; a failure of the machine may bring it back. Dropping one that is already gone is fine. */
  settle(run: RunId, seq: number): Promise<void>;

  /** All folded facts, in the order in which they were folded. */
  facts(run: RunId): Promise<readonly Fact[]>;

  /** Every run, the one that changed last first. What it costs grows with all that ever were. */
  list(): Promise<readonly RunId[]>;

  /** The runs that changed last, the latest first: at most `limit`, and no more is read, however many there are. */
  newest(limit: number): Promise<NewestRuns>;

  /**
   * The runs that somebody still has to look after: each that is not at rest, that has a fact which is not folded, or a
   * promise which is not dropped. What it costs grows with these, not with all that ever were.
   */
  unfinished(): Promise<readonly RunId[]>;

  /**
   * Lets a launch hold days of its table: no other launch may hold one of them, nor may more than
   * `writers` launches hold the table at all. Asked again by the same launch it holds these days instead.
   *
   * @returns null when it holds them, otherwise a lock that is in the way: then nothing changed
   */
  lock(lock: Lock, writers: number): Promise<Lock | null>;

  /** How a launch holds days of a table now; null when it holds none. Asking again for other days goes on with it. */
  holding(table: TableName, launch: LaunchId): Promise<Holding | null>;

  /** Lets go. Of nothing is fine. */
  unlock(table: TableName, launch: LaunchId): Promise<void>;

  /** Every lock held, by table and launch. */
  locks(): Promise<readonly Lock[]>;

  /**
   * The fence: the first execution that claims a launch has it for ever.
   *
   * @returns the execution that has it
   */
  claim(launch: LaunchId, execution: string): Promise<string>;
}
