import type { Assessment } from '../../shared/shell/assess.ts';
import { type Verdict, weigh } from '../../shared/core/verdict.ts';
import type { WorldName } from './defect.ts';

/** What does not pass on clean data, and why that is so. It may only warn: nothing clean is FAIL or UNKNOWN. */
type KnownWarning = Readonly<{ table: string; check: string; reason: string }>;

const KNOWN: Readonly<Record<WorldName, readonly KnownWarning[]>> = { league: [], seasons: [] };

/**
 * What is wrong with the judgement of clean data: a verdict that does not pass, a warning that nobody
 * has explained, and an explanation of a warning that is no more.
 */
export function alarmsOn(name: WorldName, { tables }: Assessment): readonly string[] {
  const known = KNOWN[name];
  const found = tables.flatMap(({ judgement: { table, checks } }) =>
    checks.map((check) => ({ ...check, table, weighed: weigh(check.verdict, check.severity) })),
  );
  const open = found.filter(({ weighed }) => weighed !== 'PASS');
  const isKnown = (table: string, id: string, verdict: Verdict) =>
    verdict === 'WARN' && known.some((each) => each.table === table && each.check === id);
  return [
    ...open
      .filter(({ table, id, weighed }) => !isKnown(table, id, weighed))
      .map(({ table, id, weighed, message }) => `${table} ${id} ${weighed}: ${message}`),
    ...known
      .filter(({ table, check }) => !open.some((each) => each.table === table && each.id === check))
      .map(({ table, check }) => `${table} ${check} passes: it is no known warning any more`),
  ];
}
