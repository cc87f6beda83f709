import { failingRowsOf, samplesOf } from '../failing-rows.ts';
import type { CheckJudgement } from '../judge/facts.ts';
import { formatShare } from '../percent.ts';
import { weigh } from '../verdict.ts';
import { daySpans } from './day-spans.ts';
import { denominatorOf } from './gate-denominator.ts';
import { denominatorRows } from './gate-expected-lines.ts';
import { SYMBOL, tally } from './gate-lines.ts';
import { type GateReport, verdictOfGate } from './gate-report.ts';
import { SECTIONS, sectionOf } from './gate-sections.ts';

/** A gate as Markdown, for a pull request or a mail: the verdict, the roll call, what does not hold, what was expected. */
export function gateMarkdown(report: GateReport): string {
  const { pipeline, from, to, gate, definition, tables, next } = report;
  const verdict = verdictOfGate(report);
  const named = gate === null ? '' : `, gate \`${gate}\``;
  return [
    `## ${SYMBOL[verdict]} ${verdict}: ${pipeline.name} ${from}..${to}${named}`,
    '',
    '| table | verdict | days with rows | checks |',
    '|---|---|---|---|',
    ...tables.map(
      ({ judgement: { table, verdict: own, coveredDays, expectedDays, checks } }) =>
        `| \`${table}\` | ${SYMBOL[own]} ${own} | ${formatShare(coveredDays, expectedDays)} | ${tally(checks)} |`,
    ),
    '',
    ...SECTIONS.flatMap((section) => sectionLines(report, section)),
    ...(next.length === 0
      ? []
      : [
          '### Next steps',
          '',
          '```sh',
          ...next.flatMap(({ why, command }) => [
            `# ${why}`,
            ...(command === null ? [] : [command]),
          ]),
          '```',
          '',
        ]),
    '<details><summary>What was expected</summary>',
    '',
    ...denominatorRows(denominatorOf(report)).map(
      ([label, text]) => `- ${label}: ${escapeMarkdown(text)}`,
    ),
    `- definition: \`${definition}\`, evidence: \`${report.id}\``,
    '',
    '</details>',
  ].join('\n');
}

function sectionLines(report: GateReport, section: string): string[] {
  const trouble = report.tables.flatMap(({ judgement }) =>
    judgement.checks
      .filter(({ kind, verdict }) => sectionOf(kind) === section && verdict !== 'PASS')
      .map((check) => checkLine(report, judgement.table, check)),
  );
  return trouble.length === 0 ? [] : [`### ${section}`, '', ...trouble, ''];
}

function checkLine(
  { schedule, failingRows }: GateReport,
  table: Parameters<typeof samplesOf>[1],
  check: CheckJudgement,
): string {
  const verdict = weigh(check.verdict, check.severity);
  const { days } = check;
  const on = days.length === 0 ? '' : `, on ${daySpans(schedule.calendar, days)}`;
  const keys = samplesOf(failingRows, table, check).map((key) => `\`${key}\``);
  const rows = failingRowsOf(failingRows, table, check);
  return [
    `- ${SYMBOL[verdict]} \`${table}\` **${check.id}**: ${escapeMarkdown(check.message)}${on}`,
    ...(keys.length === 0 ? [] : [`  - for example ${keys.join(', ')}`]),
    ...(rows === undefined
      ? []
      : ['', '  ```sql', ...rows.sql.split('\n').map((line) => `  ${line}`), '  ```', '']),
  ].join('\n');
}

/** What a reader wrote or the warehouse said stays text: no emphasis, table, link or markup comes of it. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>|#~]/g, (character) => `\\${character}`)
    .replaceAll('\n', ' ');
}
