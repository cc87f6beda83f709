import { PhasegateError } from '../core/errors.ts';
import type { EvidenceStatement } from '../core/evidence.ts';
import type { TableName } from '../core/ids.ts';
import type { TableJudgement } from '../core/judge/facts.ts';
import type { GateRequestedMessage } from '../core/messages.ts';
import type { OutcomeDays } from '../core/outcome.ts';
import type { Table } from '../core/pipeline.ts';
import type { EventOf, RunEvent, TableVerdict } from '../core/run-event.ts';
import { vanishedDays } from '../core/vanished-days.ts';
import type { Assessment } from './assess.ts';

export function bytesReadBy(statements: readonly EvidenceStatement[]): number {
  return statements.reduce((sum, { bytesProcessed }) => sum + bytesProcessed, 0);
}

/** What was found, as the answer to the question. */
export function eventOf(
  message: GateRequestedMessage,
  { schedule, tables, statements }: Assessment,
  evidence: string,
  at: string,
): RunEvent {
  const { round } = message;
  const bytes = bytesReadBy(statements);
  if (message.what === 'outcomes') {
    const outcomes: Record<TableName, OutcomeDays> = {};
    for (const each of tables) outcomes[each.judgement.table] = each.outcomes;
    const { calendar } = schedule;
    const vanished = vanishedDays(tables.map(({ facts }) => facts));
    return { type: 'outcomes-read', round, calendar, outcomes, vanished, bytes, at };
  }
  const verdicts: Record<TableName, TableVerdict> = {};
  for (const { judgement, token } of tables) {
    verdicts[judgement.table] = { ...summary(judgement, evidence), token };
  }
  return { ...verdictEvent(message, verdicts, at), bytes };
}

/** That nothing could be found, or kept, and why; `bytes` were read all the same. */
export function unknownEvent(
  message: GateRequestedMessage,
  tables: readonly Table[],
  reason: string,
  evidence: string,
  at: string,
  bytes = 0,
): RunEvent {
  if (message.what === 'outcomes') {
    return { type: 'outcomes-unreadable', round: message.round, message: reason, at };
  }
  const verdict: TableVerdict = { verdict: 'UNKNOWN', badDays: [], message: reason, evidence };
  const verdicts: Record<TableName, TableVerdict> = {};
  for (const table of tables) verdicts[table.name] = verdict;
  return { ...verdictEvent(message, verdicts, at), bytes };
}

function verdictEvent(
  message: Exclude<GateRequestedMessage, { what: 'outcomes' }>,
  verdicts: Readonly<Record<TableName, TableVerdict>>,
  at: string,
): EventOf<'gate-judged' | 'roll-called'> {
  const { round, look } = message;
  if (message.what === 'phase') {
    return { type: 'roll-called', phase: message.phase, round, look, tables: verdicts, at };
  }
  const { table, attempt } = message;
  const verdict = verdicts[table];
  if (verdict === undefined)
    throw new PhasegateError('invalid-input', `no table ${table} in this run`);
  return { type: 'gate-judged', table, round, attempt, look, at, ...verdict };
}

function summary({ verdict, badDays, checks }: TableJudgement, evidence: string): TableVerdict {
  const trouble = checks.filter((check) => check.verdict !== 'PASS');
  const message = trouble
    .map((check) => `${check.id}: ${check.message}`)
    .slice(0, 5)
    .join('; ');
  return { verdict, badDays, message, evidence };
}
