import { formatDaySet } from '../day-set.ts';
import type { GateEvidence } from '../evidence.ts';
import type { JudgedAgain } from '../judge/judge-again.ts';
import { weigh } from '../verdict.ts';
import { SYMBOL } from './gate-lines.ts';

/** A stored gate for people: what it found, and whether the same follows from what it kept. */
export function judgedAgainLines(evidence: GateEvidence, again: JudgedAgain): readonly string[] {
  const { id, pipeline, definition, from, to, startedAt, requestedBy, codeVersion } = evidence;
  return [
    `evidence ${id}`,
    `judged ${startedAt} for ${requestedBy || 'nobody named'}, code ${codeVersion}`,
    `${pipeline} (definition ${definition}) ${from}..${to}${sayChosen(evidence)}`,
    ...(evidence.trouble === null ? [] : [`could not be judged: ${evidence.trouble}`]),
    ...evidence.tables.flatMap(({ judgement: { table, verdict, checks } }) => [
      `${SYMBOL[verdict]} ${table}  ${verdict}  ${checks.length} checks`,
      ...checks
        .filter((check) => check.verdict !== 'PASS')
        .map(
          (check) =>
            `    ${SYMBOL[weigh(check.verdict, check.severity)]} ${check.id}: ${check.message}`,
        ),
    ]),
    ...again.differences.map(
      ({ table, check, stored, again: now }) =>
        `differs: ${[table ?? 'the gate', check].filter((part) => part !== null).join(' ')}: stored ${stored}, judged again ${now}`,
    ),
    `stored ${evidence.verdict}, judged again ${again.verdict}: ${again.differences.length === 0 ? 'both agree' : `${again.differences.length} verdicts differ`}`,
  ];
}

function sayChosen({ gate, phase, table }: GateEvidence): string {
  const chosen = { gate, phase, table };
  return Object.entries(chosen)
    .filter(([, name]) => name !== null)
    .map(([what, name]) => ` · ${what} ${name}`)
    .join('');
}

/** The shape of `gate --evidence ID --json`. */
export function judgedAgainJson(
  evidence: GateEvidence,
  { verdict, tables, differences }: JudgedAgain,
) {
  return {
    evidence: evidence.id,
    run: evidence.run,
    pipeline: evidence.pipeline,
    definition: evidence.definition,
    codeVersion: evidence.codeVersion,
    range: `${evidence.from}..${evidence.to}`,
    gate: evidence.gate,
    phase: evidence.phase,
    table: evidence.table,
    policy: evidence.policy,
    judgedAt: evidence.startedAt,
    requestedBy: evidence.requestedBy,
    trouble: evidence.trouble,
    stored: evidence.verdict,
    again: verdict,
    agrees: differences.length === 0,
    differences,
    tables: tables.map((table, index) => ({
      table: table.table,
      stored: evidence.tables[index]?.judgement.verdict,
      again: table.verdict,
      badDays: formatDaySet(table.badDays),
    })),
  };
}
