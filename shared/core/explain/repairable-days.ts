import { type DaySet, isEmpty, NO_DAYS, subtract, union } from '../day-set.ts';
import type { TableName } from '../ids.ts';
import { isBlocking } from '../judge/facts.ts';
import type { TableExplanation } from './explanation.ts';

/**
 * The days whose trouble begins in a table itself, by table: its job left them out or left them bad, or
 * what it reads was rewritten since. A day on which a source is to blame for anything is not here: no
 * job of ours mends that, so its table is written once, when the source has it.
 */
export function repairableDays(
  explained: readonly TableExplanation[],
): Readonly<Record<TableName, DaySet>> {
  const own = new Map<TableName, DaySet>();
  for (const { check, root } of explained.flatMap(({ checks }) => checks)) {
    if (!isBlocking(check, 'FAIL')) continue;
    if (root.kind !== 'own' && root.kind !== 'rewritten') continue;
    const [name, days] =
      root.kind === 'own' ? [root.relation, root.days] : [root.stale, root.staleDays];
    own.set(name, union(own.get(name) ?? NO_DAYS, days));
  }
  for (const { table, checks } of explained) {
    const sourced = checks.filter(({ root }) => root.kind === 'source');
    const beyondUs = union(
      ...sourced.flatMap(({ check, alike }) => [check, ...alike].map(({ days }) => days)),
    );
    own.set(table, subtract(own.get(table) ?? NO_DAYS, beyondUs));
  }
  return Object.fromEntries([...own].filter(([, days]) => !isEmpty(days)));
}
