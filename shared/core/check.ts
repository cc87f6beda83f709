import type { CategoryShare } from './checks/category-share.ts';
import type { DayCoverage } from './checks/day-coverage.ts';
import type { DistinctGames } from './checks/distinct-games.ts';
import type { GrainCoverage } from './checks/grain-coverage.ts';
import type { Identity } from './checks/identity.ts';
import type { NotNull } from './checks/not-null.ts';
import type { ProductionReady } from './checks/production-ready.ts';
import type { Range } from './checks/range.ts';
import type { RowCount } from './checks/row-count.ts';
import type { Unique } from './checks/unique.ts';

/** A promise about a table. */
export type Check =
  | CategoryShare
  | DayCoverage
  | DistinctGames
  | GrainCoverage
  | Identity
  | NotNull
  | ProductionReady
  | Range
  | RowCount
  | Unique;
