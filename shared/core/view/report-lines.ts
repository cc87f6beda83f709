import { isAtRest } from '../run.ts';
import { counted } from './counted.ts';
import { daySpans, spanTexts } from './day-spans.ts';
import { publishedLines } from './published-lines.ts';
import { refusalLines, spansShown } from './refusal-lines.ts';
import type { ToldReport, ToldRow, ToldTable } from './report-told.ts';
import { doneLine, tableLine, verdictsOf } from './run-lines.ts';
import { signedLines } from './signed-lines.ts';
import { estimateText, spentText, tookText } from './spent-text.ts';
import { fold } from './wrap.ts';

const SPANS_SHOWN = 8;

/**
 * A report for people, at most 80 columns wide but for commands: the verdict first, then what it took, each phase and
 * table with what did not pass, what is still bad, who signed for what, and what to do.
 */
export function reportLines(told: ToldReport): string[] {
  const { state } = told.report;
  return [
    ...toldLines(told).flatMap((line) => fold(line)),
    ...told.next.map((command) => `next: ${command}`),
    doneLine(Object.values(verdictsOf(state))),
  ];
}

/** The lines that everything else rests on: verdict, what was asked, what it took. */
export function headLines({ verdict, report }: ToldReport): string[] {
  const { state, startedAt, endedAt, launches, repairs, asked } = report;
  const { request } = state;
  const took = tookText(report);
  const estimate = estimateText(report);
  const by =
    asked === undefined || asked.by === ''
      ? []
      : [`asked by ${asked.by}${asked.reason === '' ? '' : `: ${asked.reason}`}`];
  return [
    `${verdict}  run ${state.run} ${state.status}`,
    `${request.from}..${request.to}, mode ${request.mode}, definition ${state.definition}`,
    ...by,
    `started ${startedAt}${endedAt === null ? '' : `, ended ${endedAt}`}${took === null ? '' : ` (${took})`}`,
    `${counted(launches, 'launch', 'launches')}, ${counted(repairs, 'repair')}, ${spentText(state)}${estimate === null ? '' : `; ${estimate}`}`,
    ...(state.message === null ? [] : [state.message]),
  ];
}

function toldLines(told: ToldReport): string[] {
  const { report, phases, tables, withdrawn } = told;
  return [
    ...headLines(told),
    ...phases.map(({ phase, stands }) => `phase ${phase}: ${stands}`),
    ...refusalLines(report),
    '',
    ...tables.flatMap((table) => [tableLine(table.table, table.state), ...checkLines(table)]),
    ...stillBadLines(told),
    ...publishedLines(report.state),
    ...withdrawn,
    ...signedLines(report.state),
    ...waiverLines(told),
  ];
}

/** What is still bad as ranges, a line each table; that nothing is, once the run is over and passed. */
export function stillBadLines({ report: { state }, stillBad }: ToldReport): string[] {
  if (stillBad.length === 0) {
    return isAtRest(state.status) && state.status === 'passed' ? ['still bad: nothing'] : [];
  }
  return [
    'still bad:',
    ...stillBad.map(({ table, why, days }) => {
      const on =
        days.length === 0 ? 'no day is named' : daySpans(state.calendar, days, SPANS_SHOWN);
      return `  ${table}, ${why}: ${on}`;
    }),
  ];
}

export function waiverLines({ waivers }: ToldReport): string[] {
  return waivers.map(
    ({ table, check, days, who, until, reason }) =>
      `waiver of ${table} ${check} on ${spanTexts(days).join(', ')} by ${who} until ${until}: ${reason}`,
  );
}

function checkLines({ rows, held }: ToldTable): string[] {
  if (rows.length === 0) return ['    no gate has judged it'];
  return [
    `    ${held} of ${rows.length} checks pass`,
    ...rows.filter(({ check }) => check.verdict !== 'PASS').flatMap(troubleLines),
  ];
}

function troubleLines({ check, value, threshold, history }: ToldRow): string[] {
  const { id, verdict, severity, message, days } = check;
  return [
    `    ${verdict} (${severity}) ${id}: ${message}`,
    `      ${message.includes(value) ? '' : `value ${value}; `}accepted ${threshold}; before: ${history}`,
    ...(days.length === 0 ? [] : [`      on ${spansShown(days)}`]),
  ];
}
