import type { DaySet } from '../../../shared/core/day-set.ts';
import type { Relation } from '../../../shared/core/relation.ts';
import type { Statement, Warehouse } from '../../../shared/ports/warehouse.ts';
import type { Figures } from '../figures.ts';
import { statementsOfCheck } from './one-check.ts';
import { ratioOf, sideBySide } from './side-by-side.ts';

const MIN_RATIO = 2;

/** The statements of one reading through client, HTTP and decoding, against a query a check for the same days. */
export async function throughPort(
  warehouse: Warehouse,
  relation: Relation,
  days: DaySet,
  fused: readonly Statement[],
  rounds: number,
  isBounded: boolean,
  figures: Figures,
): Promise<void> {
  const single = relation.checks.flatMap((check) => statementsOfCheck(relation, check, days));
  const all = (statements: readonly Statement[]) => async () => {
    for (const statement of statements) await warehouse.query(statement);
  };
  const [together, apart] = await sideBySide(rounds, [all(fused), all(single)]);
  if (together === undefined || apart === undefined) throw new Error('nothing was timed');
  const { ratio, note } = ratioOf(apart, together);
  figures.add(`port: ${fused.length} statements of a gate`, together.seconds, 's');
  figures.add(`port: ${single.length} queries, a query a check`, apart.seconds, 's');
  figures.add('port: a query a check / the gate', ratio, 'x', {
    atLeast: isBounded ? MIN_RATIO : null,
    note,
  });
}
