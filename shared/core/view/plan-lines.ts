import { bridgeForPeople, type Calendar } from '../calendar.ts';
import { countDays, type DaySet, formatDaySet } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Gap } from '../plan.ts';
import type { Lack } from '../plan-lacks.ts';
import type { PlannedTable, Reason } from '../plan-reasons.ts';
import type { RunRequest } from '../run.ts';
import { counted } from './counted.ts';
import { daySpans } from './day-spans.ts';
import { wrap } from './wrap.ts';

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
  isLoosened: boolean;
  inTheWay: string | null;
}>;

const WORDS: Readonly<Record<Outcome, string>> = {
  NEVER_RAN: 'never ran',
  RUNNING: 'bad: a job began and did not say how it ended',
  STALE: 'stale: what they read changed since',
  FAILED: 'bad: failed',
  EMPTY_OK: 'good, and written all the same',
  EMPTY_SUSPECT: 'bad: a job said success, and there is nothing',
  PARTIAL: 'bad: partial',
  UNJUDGED: 'could not be judged',
  VERIFIED: 'good, and written all the same',
};

/** Whether a start of this plan would be refused, or its run end before it launched anything, or could not pass. */
export function isRefused({ tables, gaps, isLoosened, inTheWay }: PlanView): boolean {
  return isLoosened || inTheWay !== null || gaps.length > 0 || tables.some(isHeldBack);
}

/** A plan for people, at most 80 columns wide. */
export function planLines(plan: PlanView, { from, to, mode }: RunRequest): string[] {
  const { tables, calendar } = plan;
  const phases = [...new Set(tables.map(({ phase }) => phase))];
  return [
    ...wrap(`${from}..${to}, mode ${mode}; in the order of launch, days with games only`),
    ...phases.flatMap((phase) => [
      '',
      `phase ${phase}`,
      ...tables
        .filter((each) => each.phase === phase)
        .flatMap((each) => tableLines(each, calendar)),
    ]),
    ...trouble(plan),
    '',
    `${counted(tableDays(tables), 'table day')} to write`,
    `plan hash: ${plan.hash}`,
  ];
}

/** A plan for machines. */
export function planJson(plan: PlanView, definition: string, request: RunRequest) {
  const { hash, calendar, tables, gaps, lacks, isLoosened, inTheWay } = plan;
  const spans = (days: DaySet) => formatDaySet(bridgeForPeople(calendar, days));
  return {
    plan: hash,
    definition,
    request,
    isRefused: isRefused(plan),
    tableDays: tableDays(tables),
    tables: tables.map(({ table, phase, isJudgedOnly, days, why, left }) => ({
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
    })),
    gaps: gaps.map((gap) => ({ ...gap, days: spans(gap.days) })),
    lacks: lacks.map((lack) => ({ ...lack, days: spans(lack.days) })),
    isLoosened,
    inTheWay,
  };
}

export function tableDays(tables: readonly PlannedTable[]): number {
  return tables.reduce((sum, { days }) => sum + countDays(days), 0);
}

function tableLines(planned: PlannedTable, calendar: Calendar): string[] {
  const { table, isJudgedOnly, days, why, left } = planned;
  const what = isJudgedOnly
    ? 'judged only'
    : days.length === 0
      ? 'nothing to write, judged'
      : counted(countDays(days), 'day');
  return [
    ...wrap(`${table}: ${what}`, '  '),
    ...why.flatMap((reason) =>
      wrap(`${wordsOf(reason)}: ${daySpans(calendar, reason.days)}`, '    '),
    ),
    ...(left.length === 0 || isJudgedOnly
      ? []
      : wrap(`not good, and left as they are: ${daySpans(calendar, left)}`, '    ')),
  ];
}

function wordsOf(reason: Reason): string {
  return 'behind' in reason ? `behind ${reason.behind}` : WORDS[reason.outcome];
}

function trouble({ tables, gaps, lacks, isLoosened, inTheWay, calendar }: PlanView): string[] {
  const lines = [
    ...(isLoosened
      ? ['refused: less is promised than was accepted, and nobody signed for it']
      : []),
    ...(inTheWay === null ? [] : [`refused: ${inTheWay}`]),
    ...gaps.map(
      ({ table, reads, days }) =>
        `refused: ${table} would read ${reads} on ${daySpans(calendar, days)}, before the range, and these days are not verified; start from ${days[0]?.from}`,
    ),
    ...tables
      .filter(isHeldBack)
      .map(
        ({ table, phase, left }) =>
          `blocked: ${table} is not good on ${daySpans(calendar, left)}, and phase ${phase} is not among those asked for`,
      ),
    ...lackLines(lacks, calendar),
  ];
  return lines.length === 0 ? [] : ['', ...lines.flatMap((line) => wrap(line))];
}

/** One line a source: the tables that read it mostly lack the same days. */
function lackLines(lacks: readonly Lack[], calendar: Calendar): string[] {
  const alike = Map.groupBy(lacks, ({ source, days }) => `${source} ${formatDaySet(days)}`);
  return [...alike.values()].map((group) => {
    const [{ source, days } = { source: '' as TableName, days: [] }] = group;
    const tables = group.map(({ table }) => table).join(', ');
    return `nobody can write: ${source} has no row on ${daySpans(calendar, days)}, which ${tables} would read`;
  });
}

function isHeldBack({ isJudgedOnly, left }: PlannedTable): boolean {
  return isJudgedOnly && left.length > 0;
}
