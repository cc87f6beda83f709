import { bridgeForPeople } from '../calendar.ts';
import { type DaySet, formatDaySet, intersect, isEmpty } from '../day-set.ts';
import type { PhaseName, TableName } from '../ids.ts';
import type { Pipeline, Waiver } from '../pipeline.ts';
import { type ReportedCheck, type RunReport, verdictOfRun } from '../report.ts';
import type { PhaseState, RunState } from '../run.ts';
import type { TableState } from '../table-state.ts';
import { dayAt } from '../time-zone.ts';
import { type Verdict, weigh } from '../verdict.ts';
import { verdictsOf } from './run-lines.ts';

/** A check in a report's table; `verdict` is what it means for its gate. */
export type ToldRow = Readonly<{
  check: ReportedCheck;
  verdict: Verdict;
  value: string;
  threshold: string;
  history: string;
}>;

export type ToldTable = Readonly<{
  table: TableName;
  state: TableState;
  verdict: Verdict;
  evidence: string | null;
  rows: readonly ToldRow[];
  /** How many of the rows hold. */
  held: number;
}>;

/** Days of a table that are not good, or that nobody wrote. */
export type StillBad = Readonly<{ table: TableName; why: string; days: DaySet }>;

/** A report before anybody formats it. */
export type ToldReport = Readonly<{
  report: RunReport;
  verdict: Verdict;
  phases: readonly Readonly<{ phase: PhaseName; stands: PhaseState }>[];
  tables: readonly ToldTable[];
  stillBad: readonly StillBad[];
  /** Known exceptions in force that concern the run. */
  waivers: readonly Waiver[];
  /** What the verified views lack for its sake. */
  withdrawn: readonly string[];
  next: readonly string[];
}>;

/**
 * @param waivers of the pipeline that the run was started with
 * @param next commands, as they must be written in the world of the run
 */
export function toldReport(
  report: RunReport,
  { waivers, timeZone }: Pick<Pipeline, 'waivers' | 'timeZone'>,
  next: readonly string[],
  withdrawn: readonly string[] = [],
): ToldReport {
  const { state } = report;
  const verdicts = verdictsOf(state);
  const tables = Object.entries(state.tables).map(([name, own]): ToldTable => {
    const table = name as TableName;
    const rows = (report.checks.get(table) ?? []).map(rowOf);
    return {
      table,
      state: own,
      verdict: verdicts[table] ?? 'UNKNOWN',
      evidence: report.evidence?.get(table) ?? evidenceIn(own),
      rows,
      held: rows.filter(({ check }) => check.verdict === 'PASS').length,
    };
  });
  return {
    report,
    verdict: verdictOfRun(state),
    phases: Object.entries(state.phases).map(([phase, stands]) => ({
      phase: phase as PhaseName,
      stands,
    })),
    tables,
    stillBad: stillBadOf(state),
    waivers: waivers.filter((each) => concerns(each, report, timeZone)),
    withdrawn,
    next,
  };
}

/** Days for people, free days bridged: `a..b`. */
export function spansOf({ calendar }: RunState, days: DaySet): readonly string[] {
  return formatDaySet(bridgeForPeople(calendar, days));
}

/** Of tables that did not come to pass, in their order. What still moves is not called bad. */
export function stillBadOf({ tables }: Pick<RunState, 'tables'>): readonly StillBad[] {
  return Object.entries(tables).flatMap(([name, own]): StillBad[] => {
    const table = name as TableName;
    switch (own.tag) {
      case 'blocked':
        return [{ table, why: `its gate says ${own.verdict}`, days: own.badDays }];
      case 'failed':
        return [{ table, why: 'its job failed', days: own.days }];
      case 'skipped':
        return isEmpty(own.days) ? [] : [{ table, why: 'never had its turn', days: own.days }];
      default:
        return [];
    }
  });
}

function rowOf(check: ReportedCheck): ToldRow {
  return {
    check,
    verdict: weigh(check.verdict, check.severity),
    value: check.observed || 'not evaluated',
    threshold: check.expected || 'not told',
    history: historyOf(check),
  };
}

const BANDS = ['REGRESSION', 'DEGRADATION', 'IMPROVEMENT', 'OK'] as const;

/** The worst band of a check that compares with a baseline; of any other its value in the gate before. */
function historyOf({ kind, observed, former }: ReportedCheck): string {
  const band = kind === 'regression' ? BANDS.find((each) => observed.includes(each)) : undefined;
  if (band !== undefined) return band;
  if (former === undefined) return 'not known';
  if (former === null) return 'no gate before';
  const value = former.observed || 'not evaluated';
  return former.observed === observed ? 'same before' : `${value}, ${former.verdict}`;
}

function evidenceIn(table: TableState): string | null {
  return 'evidence' in table && table.evidence !== '' ? table.evidence : null;
}

/** By the pipeline's day at its end, as gates count it. */
function concerns(
  { table, until, days }: Waiver,
  { state, startedAt, endedAt }: RunReport,
  timeZone: string,
) {
  const { from, to } = state.request;
  const on = dayAt(endedAt ?? state.since ?? startedAt, timeZone);
  return table in state.tables && until >= on && !isEmpty(intersect(days, [{ from, to }]));
}
