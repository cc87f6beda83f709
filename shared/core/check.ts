import type { Agreement } from './checks/agreement.ts';
import type { CategoryShare } from './checks/category-share.ts';
import type { Condition } from './checks/condition.ts';
import type { DayCoverage } from './checks/day-coverage.ts';
import type { DayInId } from './checks/day-in-id.ts';
import type { DaysSucceeded } from './checks/days-succeeded.ts';
import type { DistinctGames } from './checks/distinct-games.ts';
import type { Distribution } from './checks/distribution.ts';
import type { DriftCheck } from './checks/drift.ts';
import type { FallbackShare } from './checks/fallback-share.ts';
import type { Freshness } from './checks/freshness.ts';
import type { GrainCoverage } from './checks/grain-coverage.ts';
import type { GroupCondition } from './checks/group-condition.ts';
import type { GroupIdentity } from './checks/group-identity.ts';
import type { Identity } from './checks/identity.ts';
import type { LayerCoverage } from './checks/layer-coverage.ts';
import type { Lifecycle } from './checks/lifecycle.ts';
import type { Metric } from './checks/metric.ts';
import type { NotNull } from './checks/not-null.ts';
import type { OneDay } from './checks/one-day.ts';
import type { Outliers } from './checks/outliers.ts';
import type { Pattern } from './checks/pattern.ts';
import type { PointInTime } from './checks/point-in-time.ts';
import type { ProductionReady } from './checks/production-ready.ts';
import type { Range } from './checks/range.ts';
import type { References } from './checks/references.ts';
import type { Regression } from './checks/regression.ts';
import type { RowCount } from './checks/row-count.ts';
import type { Sql } from './checks/sql.ts';
import type { SuddenChange } from './checks/sudden-change.ts';
import type { Trend } from './checks/trend.ts';
import type { Unique } from './checks/unique.ts';
import type { Varies } from './checks/varies.ts';
import type { Written } from './checks/written.ts';

/** A promise about a table. */
export type Check =
  | Agreement
  | CategoryShare
  | Condition
  | DayCoverage
  | DayInId
  | DaysSucceeded
  | DistinctGames
  | Distribution
  | DriftCheck
  | FallbackShare
  | Freshness
  | GrainCoverage
  | GroupCondition
  | GroupIdentity
  | Identity
  | LayerCoverage
  | Lifecycle
  | Metric
  | NotNull
  | OneDay
  | Outliers
  | Pattern
  | PointInTime
  | ProductionReady
  | Range
  | References
  | Regression
  | RowCount
  | Sql
  | SuddenChange
  | Trend
  | Unique
  | Varies
  | Written;
