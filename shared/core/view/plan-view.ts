import type { Calendar } from '../calendar.ts';
import { countDays, isEmpty } from '../day-set.ts';
import type { PlanEstimate } from '../estimate/plan-estimate.ts';
import type { PhaseName, RunId } from '../ids.ts';
import type { Gap } from '../plan.ts';
import type { Lack } from '../plan-lacks.ts';
import type { MatrixRow } from '../plan-matrix.ts';
import type { PlannedTable } from '../plan-reasons.ts';
import type { SourceStanding } from '../plan-sources.ts';
import type { Denominator } from './gate-denominator.ts';

/**
 * What a plan tells: see `readPlan`. `isLoosened`: less is promised than was accepted, and nobody signed for it.
 * `inTheWay` is why another live run keeps it from starting.
 */
export type PlanView = Readonly<{
  hash: string;
  calendar: Calendar;
  tables: readonly PlannedTable[];
  gaps: readonly Gap[];
  lacks: readonly Lack[];
  matrix: readonly MatrixRow[];
  sources: readonly SourceStanding[];
  leftOut: Denominator['leftOut'];
  notAsked: readonly PhaseName[];
  estimate: PlanEstimate;
  isLoosened: boolean;
  inTheWay: string | null;
  /** The run that a start would join; null: it would make one. */
  live: RunId | null;
}>;

/** Whether a start of this plan would be refused, or its run end before it launched anything, or could not pass. */
export function isRefused({ tables, gaps, isLoosened, inTheWay }: PlanView): boolean {
  const isStopped = tables.some((each) => isHeldBack(each) || isUnexpected(each));
  return isLoosened || inTheWay !== null || gaps.length > 0 || isStopped;
}

export function tableDays(tables: readonly PlannedTable[]): number {
  return tables.reduce((sum, { days }) => sum + countDays(days), 0);
}

export function isHeldBack({ isJudgedOnly, left }: PlannedTable): boolean {
  return isJudgedOnly && left.length > 0;
}

export function isUnexpected({ expected }: PlannedTable): boolean {
  return isEmpty(expected);
}
