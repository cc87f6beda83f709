import type { Warehouse } from '../../../shared/ports/warehouse.ts';
import type { Figures } from '../figures.ts';
import { type Asked, answersTo, askedBy, mustBeAnsweredBy } from './answers.ts';
import type { OwnScans } from './engine-alone.ts';
import { scansOfCheck } from './one-check.ts';
import { ratioOf, sideBySide } from './side-by-side.ts';

const MIN_RATIO = 2;

/**
 * The statements of one reading through client, HTTP and decoding, against a query a check for the same days.
 *
 * @throws Error when they give other values
 */
export async function throughPort(
  warehouse: Warehouse,
  { relation, days, profile, groups }: OwnScans,
  rounds: number,
  isBounded: boolean,
  figures: Figures,
): Promise<void> {
  const fused = [profile, groups].map((scan) => askedBy(scan, relation, days));
  const single = relation.checks
    .flatMap((check) => scansOfCheck(check))
    .map((scan) => askedBy(scan, relation, days));
  mustBeAnsweredBy(await answersTo(warehouse, single), await answersTo(warehouse, fused));
  const all = (asked: readonly Asked[]) => async () => {
    for (const { statement } of asked) await warehouse.query(statement);
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
