import type { Day } from '../../shared/core/days.ts';
import type { AlertSeverity } from '../../shared/core/monitor/monitor.ts';
import type { SeasonWorld } from './world.ts';

/** A cause that people have to be told of, or may be. */
export type Awaited = Readonly<{ cause: string; severity: AlertSeverity; mayBeMissing?: boolean }>;

/** One thing that goes wrong, from the night after a game day on. */
export type Trouble = Readonly<{
  kind: string;
  /** Days from its game day until nothing of it is left. */
  takesDays: number;
  /** What people are told of it; nothing where nobody has to know. */
  tells: readonly Awaited[];
  /** Hours from the midnight (UTC) after its game day by which it is told. */
  toldByHour: number;
  /** Runs of the nights may say that they stopped. */
  stopsRuns: boolean;
  /** What the nights leave undone. */
  nights?: (day: Day, given: Day) => Readonly<{ fetches?: boolean; finals?: boolean }>;
  /** Puts down what happens beside the nights. */
  begin?: (world: SeasonWorld, day: Day) => void;
}>;

/** A trouble and the game day that it was put on. */
export type Placed = Readonly<{ trouble: Trouble; day: Day }>;
