import { daySpans } from './day-spans.ts';
import { SYMBOL } from './gate-lines.ts';
import { escapeMarkdown } from './gate-markdown.ts';
import { publishedLines } from './published-lines.ts';
import { refusalLines } from './refusal-lines.ts';
import { headLines, waiverLines } from './report-lines.ts';
import type { ToldReport, ToldRow } from './report-told.ts';
import { signedLines } from './signed-lines.ts';

/** A report as Markdown, for a mail or a pull request: the verdict, what it took, phases and tables, what does not hold, what is still bad. */
export function reportMarkdown(told: ToldReport): string {
  const { verdict, report, phases, tables, stillBad, next, withdrawn } = told;
  const { state } = report;
  const [, ...head] = headLines(told);
  const trouble = tables.flatMap(({ table, rows }) =>
    rows.filter(({ check }) => check.verdict !== 'PASS').map((row) => ({ table, row })),
  );
  const signed = [...signedLines(state), ...waiverLines(told)];
  const published = [...publishedLines(state), ...withdrawn];
  return [
    `## ${SYMBOL[verdict]} ${verdict}: run \`${state.run}\` ${state.status}`,
    '',
    ...head.map((line) => `- ${escapeMarkdown(line)}`),
    '',
    '| phase | stands |',
    '|---|---|',
    ...phases.map(({ phase, stands }) => `| ${phase} | ${stands} |`),
    '',
    '| table | verdict | state | checks that hold | evidence |',
    '|---|---|---|---|---|',
    ...tables.map(
      ({ table, verdict: own, state: { tag }, rows, held, evidence }) =>
        `| \`${table}\` | ${SYMBOL[own]} ${own} | ${tag} | ${rows.length === 0 ? 'no gate has judged it' : `${held} of ${rows.length}`} | ${evidence === null ? '' : `\`${evidence}\``} |`,
    ),
    '',
    ...section('What was refused before it passed', refusalLines(report).map(asItem)),
    ...section(
      'What does not hold',
      trouble.length === 0
        ? []
        : [
            '| table | check | verdict | value | accepted | before | why |',
            '|---|---|---|---|---|---|---|',
            ...trouble.map(({ table, row }) => `| \`${table}\` | ${rowCells(row).join(' | ')} |`),
          ],
    ),
    ...section(
      'Still bad',
      stillBad.map(({ table, why, days }) => {
        const on = days.length === 0 ? 'no day is named' : daySpans(state.calendar, days);
        return `- \`${table}\`, ${escapeMarkdown(why)}: ${on}`;
      }),
    ),
    ...section('Signed for', signed.map(asItem)),
    ...section('What readers see', published.map(asItem)),
    ...section('Next', next.length === 0 ? [] : ['```sh', ...next, '```']),
  ].join('\n');
}

const asItem = (line: string) => `- ${escapeMarkdown(line)}`;

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];
}

function rowCells({ check, verdict, value, threshold, history }: ToldRow): string[] {
  const on = check.days.length === 0 ? '' : `, on ${check.days.slice(0, 4).join(', ')}`;
  return [
    `**${check.id}**`,
    `${SYMBOL[verdict]} ${verdict}`,
    ...[value, threshold, history, `${check.message}${on}`].map(escapeMarkdown),
  ];
}
