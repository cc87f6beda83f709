import type { DaySet, DaySpan } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import type { Outcome } from '../../shared/core/outcome.ts';
import type { Definition, Pipeline } from '../../shared/core/pipeline.ts';
import type { Schedule } from '../../shared/core/schedule.ts';
import type { Verdict } from '../../shared/core/verdict.ts';

/** A finished, clean run that a defect may damage, and its file opened by a stranger. */
export type Scene = Readonly<{
  definition: Definition;
  schedule: Schedule;
  range: DaySpan;
  /** Expected days of a table or source in the range, in order. */
  daysOf: (table: string) => readonly Day[];
  /** Runs one statement on the file. */
  run: (sql: string) => Promise<void>;
  /** The rows of a query, every cell as text. */
  rows: (sql: string) => Promise<readonly Readonly<Record<string, string | null>>[]>;
  /** Days of the range with such rows, in order; with `having`, only those whose rows of it are so together. */
  daysWith: (table: string, where: string, having?: string) => Promise<readonly Day[]>;
}>;

/** Where a defect must be seen: by a check, as the outcome of days, or because nothing can be judged. */
export type Caught = ByCheck | AsOutcome | AsRefusal;

export type ByCheck = Readonly<{
  table: string;
  check: string;
  /** Weighed: a FAIL of a check that only warns is WARN. */
  verdict: Verdict;
  days: DaySet;
  /** `all`: exactly the damaged days; `within`: some of them and no other; `none`: it names no day. */
  names: 'all' | 'within' | 'none';
  /** What its message must say; null: whatever it says. */
  says: RegExp | null;
}>;

export type AsOutcome = Readonly<{ table: string; outcome: Outcome; days: DaySet }>;

/** Judging ends with an error that says so. */
export type AsRefusal = Readonly<{ refused: RegExp }>;

/** A check of a relation that the defect did not touch and that sees it all the same, and why it may. */
export type SeenElsewhere = Readonly<{ table: string; check: string; why: string }>;

export type Damage = Readonly<{
  caught: readonly Caught[];
  /** The relations that were damaged; by default those of `caught`. */
  damaged?: readonly string[];
  seenElsewhere?: readonly SeenElsewhere[];
  /** Judged instead of the world's own. */
  pipeline?: Pipeline;
  range?: DaySpan;
  undamaged?: Undamaged;
}>;

/**
 * What the defect is held against, where that is not the clean file judged by `pipeline`: a defect may
 * lie in the pipeline itself, or take away what a clean run does not have.
 */
export type Undamaged = Readonly<{ pipeline: Pipeline; statements?: readonly string[] }>;

/** Damages the scene and says where that must be seen. Its name says what it does. */
export type Damager = (scene: Scene) => Promise<Damage>;

/** One way in which data were wrong, in this pipeline or in another. */
export type Defect = Readonly<{ name: string; worlds: readonly WorldName[]; damage: Damager }>;

export type WorldName = 'league' | 'seasons';

export const WORLDS: readonly WorldName[] = ['league', 'seasons'];

/** `twoTeamsOfSixteen` → the defect `two teams of sixteen`, for the worlds that hold what it needs. */
export function defectOf(damage: Damager, worlds: readonly WorldName[] = WORLDS): Defect {
  const name = damage.name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return { name, worlds, damage };
}
