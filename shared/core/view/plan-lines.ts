import type { Calendar } from '../calendar.ts';
import { countDays, formatDaySet, isEmpty } from '../day-set.ts';
import type { Outcome } from '../outcome.ts';
import type { PlannedTable, Reason } from '../plan-reasons.ts';
import type { RunRequest } from '../run.ts';
import { counted } from './counted.ts';
import { daySpans } from './day-spans.ts';
import { spansWithoutCalendar } from './gate-expected-lines.ts';
import { planEstimateLines, tableEstimateText } from './plan-estimate-lines.ts';
import { planMatrixLines } from './plan-matrix-lines.ts';
import { planSourceLines } from './plan-source-lines.ts';
import { planTroubleLines } from './plan-trouble-lines.ts';
import { type PlanView, tableDays } from './plan-view.ts';
import { shortName } from './short-name.ts';
import { wrap } from './wrap.ts';

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

/**
 * A plan for people, at most 80 columns wide but for commands.
 *
 * @param inPlace a command as it must be written for this world, pipeline and overlay
 */
export function planLines(
  plan: PlanView,
  { from, to, mode, phases: asked }: RunRequest,
  inPlace: (command: string) => string = (command) => command,
): string[] {
  const { tables, calendar } = plan;
  const phases = [...new Set(tables.map(({ phase }) => phase))];
  return [
    ...wrap(`${from}..${to}, mode ${mode}; in the order of launch, days with games only`),
    '',
    ...planMatrixLines(plan.matrix),
    ...headed('missing in sources', planSourceLines(plan.sources, calendar, inPlace)),
    ...phases.flatMap((phase) => [
      '',
      asked.includes(phase) ? `phase ${phase}` : `phase ${phase}, not asked for: judged only`,
      ...tables.filter((each) => each.phase === phase).flatMap((each) => tableLines(each, plan)),
    ]),
    ...headed('not part of it', notPartOfIt(plan)),
    ...planTroubleLines(plan, asked),
    '',
    ...planEstimateLines(plan.estimate),
    '',
    `${counted(tableDays(tables), 'table day')} to write`,
    `plan hash: ${plan.hash}`,
  ];
}

function headed(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', head, ...lines];
}

/** Phases, days and games that a person may miss in a plan, with the reason. */
function notPartOfIt({ notAsked, leftOut, tables, calendar }: PlanView): readonly string[] {
  return [
    ...notAsked.map((phase) => `phase ${phase}: not asked for`),
    ...bootstrapTexts(tables, calendar),
    ...leftOut.map(
      ({ reason, games, days }) =>
        `${counted(games, 'game')} on ${spansWithoutCalendar(days)}: ${reason}`,
    ),
  ].flatMap((text) => wrap(text, '  '));
}

/** One text for all tables that begin on the same days. */
function bootstrapTexts(tables: readonly PlannedTable[], calendar: Calendar): readonly string[] {
  const late = tables.filter(({ bootstrap }) => !isEmpty(bootstrap));
  const alike = Map.groupBy(late, ({ bootstrap }) => formatDaySet(bootstrap).join());
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.map(({ table }) => shortName(table)).join(', ');
    return `${daySpans(calendar, first.bootstrap)}, the first ${counted(first.bootstrapDays, 'day')} of a season: ${names}`;
  });
}

function tableLines(planned: PlannedTable, { calendar, estimate }: PlanView): string[] {
  const { table, isJudgedOnly, days, why, left, good } = planned;
  const takes = estimate.tables.find((each) => each.table === table);
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
    ...(takes === undefined ? [] : wrap(tableEstimateText(takes), '    ')),
    ...(isEmpty(good) ? [] : [`    good, and not written: ${counted(countDays(good), 'day')}`]),
  ];
}

function wordsOf(reason: Reason): string {
  return 'behind' in reason ? `behind ${reason.behind}` : WORDS[reason.outcome];
}
