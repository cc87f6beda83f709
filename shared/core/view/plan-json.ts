import { bridgeForPeople } from '../calendar.ts';
import { countDays, type DaySet, formatDaySet } from '../day-set.ts';
import type { RunRequest } from '../run.ts';
import { estimateJson } from './estimate-json.ts';
import { fillCommand } from './plan-source-lines.ts';
import { isRefused, type PlanView, tableDays } from './plan-view.ts';

/** A plan for machines. Days are spans `a..b`, written over days without games; counts are of days with games. */
export function planJson(
  plan: PlanView,
  definition: string,
  request: RunRequest,
  inPlace: (command: string) => string = (command) => command,
) {
  const { hash, calendar, tables, gaps, lacks, isLoosened, inTheWay, live } = plan;
  const spans = (days: DaySet) => formatDaySet(bridgeForPeople(calendar, days));
  return {
    plan: hash,
    definition,
    request,
    isRefused: isRefused(plan),
    tableDays: tableDays(tables),
    matrix: plan.matrix.map(({ table, phase, cells }) => ({
      table,
      phase,
      ...('hasRows' in cells ? { hasRows: cells.hasRows } : { seasons: cells }),
    })),
    sources: plan.sources.map((each) => {
      const fill = fillCommand(each);
      return {
        source: each.source,
        expected: countDays(each.expected),
        missing: spans(each.missing),
        notDue: spans(each.notDue),
        ...(each.filled.kind === 'whole' ? { hasRows: each.filled.hasRows } : {}),
        fill: fill === null ? null : inPlace(fill),
        fallback: each.fallback,
      };
    }),
    tables: tables.map(({ table, phase, isJudgedOnly, days, why, left, ...rest }) => ({
      table,
      phase,
      isJudgedOnly,
      count: countDays(days),
      days: spans(days),
      why: why.map((reason) => ({
        ...('behind' in reason ? { behind: reason.behind } : { outcome: reason.outcome }),
        count: countDays(reason.days),
        days: spans(reason.days),
      })),
      left: spans(left),
      good: spans(rest.good),
      expected: countDays(rest.expected),
      bootstrap: spans(rest.bootstrap),
    })),
    notAsked: plan.notAsked,
    leftOut: plan.leftOut.map((each) => ({ ...each, days: formatDaySet(each.days) })),
    gaps: gaps.map((gap) => ({ ...gap, days: spans(gap.days) })),
    lacks: lacks.map((lack) => ({ ...lack, days: spans(lack.days) })),
    isLoosened,
    inTheWay,
    live,
    estimate: estimateJson(plan.estimate),
  };
}
