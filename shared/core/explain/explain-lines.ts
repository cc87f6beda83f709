import type { Calendar } from '../calendar.ts';
import { countDays } from '../day-set.ts';
import { assertNever } from '../errors.ts';
import { weigh } from '../verdict.ts';
import { counted } from '../view/counted.ts';
import { daySpans } from '../view/day-spans.ts';
import { sayUnexpected } from '../view/say-unexpected.ts';
import { wrap } from '../view/wrap.ts';
import type { Cause, CheckExplanation, Root, Since, TableExplanation } from './explanation.ts';
import type { NextStep } from './next-steps.ts';

/** Why tables do not pass, for people, at most 80 columns wide. */
export function explainLines(
  explained: readonly TableExplanation[],
  steps: readonly NextStep[],
  calendar: Calendar,
): string[] {
  const trouble = explained.filter(({ checks }) => checks.length > 0);
  const holding = explained.length - trouble.length;
  return [
    ...(holding === 0 ? [] : [`nothing fails in ${counted(holding, 'table')}`]),
    ...trouble.flatMap((table) => ['', ...tableLines(table, calendar)]),
    ...stepLines(steps),
  ];
}

/** One table: each check that does not hold, with its days, samples and causes down to the root. */
export function tableLines({ table, verdict, checks }: TableExplanation, calendar: Calendar) {
  return [`${table}  ${verdict}`, ...checks.flatMap((each) => checkLines(each, calendar))];
}

/** What to do, with the commands alone on their lines. */
export function stepLines(steps: readonly NextStep[]): string[] {
  if (steps.length === 0) return [];
  return [
    '',
    'Next steps',
    ...steps.flatMap(({ why, command }) => [
      ...wrap(why, '  # '),
      ...(command === null ? [] : [`  ${command}`]),
    ]),
  ];
}

function checkLines(explanation: CheckExplanation, calendar: Calendar): string[] {
  const { check, since, runs, chain, root, alike } = explanation;
  const { id, severity, verdict, message, days, samples = [] } = check;
  if (runs !== null && isWaiting(explanation)) return waitingLines(explanation, calendar);
  if (root.kind === 'unexpected') return unexpectedLines(root, alike.length + 1);
  const warns = weigh(verdict, severity) === 'WARN';
  return [
    ...wrap(`${id} (${warns ? 'warns' : verdict}): ${message}`, '  '),
    ...(days.length === 0 ? [] : wrap(`on ${daySpans(calendar, days)}`, '    ')),
    ...(since === null ? [] : wrap(sinceText(since), '    ')),
    ...(samples.length === 0 || message.includes(samples[0] ?? '')
      ? []
      : wrap(`for example ${samples.join(', ')}`, '    ')),
    ...(runs === null || chain.length === 0 || runs.ranWithRows > 0
      ? []
      : wrap(`its own runs: ${runsText(runs)}`, '    ')),
    ...chain.flatMap((cause) => causeLines(cause, calendar)),
    ...wrap(rootText(root, calendar), '    → '),
    ...(alike.length === 0
      ? []
      : wrap(
          `for the same reason ${alike.length === 1 ? 'fails' : 'fail'} ${alike.map((each) => each.id).join(', ')}`,
          '    ',
        )),
  ];
}

function unexpectedLines(
  { bootstrapDays }: Extract<Root, { kind: 'unexpected' }>,
  checks: number,
): string[] {
  const why = sayUnexpected(bootstrapDays);
  return wrap(
    `${why}, so ${counted(checks, 'check shows', 'checks show')} nothing; choose a longer range`,
    '  ',
  );
}

/** Nothing was ever there: what each check says of that is not worth a line. */
function isWaiting({ runs, alike, check }: CheckExplanation): boolean {
  if (runs === null || runs.neverRan === 0) return false;
  const { neverRan, ...others } = runs;
  const ran = Object.values(others).some((count) => typeof count === 'number' && count > 0);
  return !ran && alike.length > 0 && countDays(check.days) === neverRan;
}

function waitingLines(
  { check, alike, runs, chain, root }: CheckExplanation,
  calendar: Calendar,
): string[] {
  const days = counted(runs?.neverRan ?? 0, 'expected day');
  return [
    ...wrap(`never ran on its ${days}, so ${alike.length + 1} checks show nothing`, '  '),
    ...wrap(daySpans(calendar, check.days), '    '),
    ...chain.flatMap((cause) => causeLines(cause, calendar)),
    ...wrap(rootText(root, calendar), '    → '),
  ];
}

function causeLines(cause: Cause, calendar: Calendar): string[] {
  const { relation, check, explains, of, days, message, holdNevertheless, further } = cause;
  const because = holdNevertheless > explains ? 'perhaps because' : 'because';
  const spans = daySpans(calendar, days);
  const trouble = `${relation} ${check === null ? 'has no row' : `fails ${check}`}: ${spans}`;
  const where = cause.onSameDays
    ? `on ${explains} of ${of === 1 ? 'this 1 day' : `these ${of} days`} ${trouble}`
    : `${explains} of ${of === 1 ? 'this 1 day' : `these ${of} days`} read days on which ${trouble}`;
  const weak =
    holdNevertheless === 0
      ? []
      : [
          `${counted(holdNevertheless, 'further day reads these and holds', 'further days read these and hold')}`,
        ];
  const more =
    further.length === 0
      ? []
      : [`${counted(further.length, 'further cause')}: ${further.join(', ')}`];
  return [
    ...wrap(`${because} ${where}`, '    ↑ '),
    ...[message, ...weak, ...more].flatMap((text) => wrap(text, '        ')),
  ];
}

export function sinceText(since: Since): string {
  switch (since.shape) {
    case 'everywhere':
      return 'bad on every expected day of the range';
    case 'unbroken':
      return since.from === since.to
        ? `bad on ${since.from} alone; the days before and after hold`
        : `bad since ${since.from} without a break, to ${since.to}; all other days hold`;
    case 'onward':
      return `bad since ${since.from} without a break, to the end; scattered before, on ${counted(since.daysBefore, 'day')}`;
    case 'scattered':
      return `scattered over ${counted(since.stretches, 'stretch', 'stretches')}`;
    default:
      return assertNever(since);
  }
}

function rootText(root: Root, calendar: Calendar): string {
  switch (root.kind) {
    case 'source':
      return root.file === null
        ? `${root.relation} is a source that no load mapping fills: what it lacks has to come from outside`
        : `${root.relation} is a source, loaded from ${root.file}: what it lacks has to be loaded`;
    case 'own': {
      const { unpromised } = root;
      const unseen = unpromised.length === 0 ? '' : `; nobody judges ${unpromised.join(', ')}`;
      const runs = runsText(root.runs);
      const own = runs === '' ? '' : `. Its own runs: ${runs}`;
      return `nothing that ${root.relation} reads is bad there${unseen}${own}`;
    }
    case 'rewritten': {
      const where = root.days.length === 0 ? '' : ` on ${daySpans(calendar, root.days)}`;
      return `${root.relation} changed${where} after ${root.stale} was written, last at ${root.at}`;
    }
    case 'unexpected':
      return sayUnexpected(root.bootstrapDays);
    case 'no-days':
      return 'it warns of the range as a whole, and names no day whose cause could be looked for';
    case 'unevaluated':
      return 'it could not be evaluated, so nothing is known of it';
    default:
      return assertNever(root);
  }
}

function runsText(runs: Extract<Root, { kind: 'own' }>['runs']): string {
  const parts: [number, string][] = [
    [runs.neverRan, 'never ran'],
    [runs.running, 'began and never ended'],
    [runs.failed, 'failed'],
    [runs.ranEmpty, 'ran and wrote 0 rows'],
    [runs.ranWithRows, 'ran and wrote rows'],
    [runs.writtenByOthers, 'have rows that no launch is recorded for'],
  ];
  const told = parts
    .filter(([days]) => days > 0)
    .map(([days, what]) => `${counted(days, 'day')} ${what}`);
  const said = runs.messages.slice(0, 2).map((message) => ` (${message})`);
  return `${told.join(', ')}${said.join('')}`;
}
