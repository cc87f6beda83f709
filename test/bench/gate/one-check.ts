import type { Check } from '../../../shared/core/check.ts';
import { kindOf } from '../../../shared/core/checks/kinds.ts';
import type { DaySet } from '../../../shared/core/day-set.ts';
import type { Relation } from '../../../shared/core/relation.ts';
import type { Statement } from '../../../shared/ports/warehouse.ts';
import { type Scan, scansOf } from '../../../shared/sql/scan.ts';

/** What a gate without fusion would ask for one check alone, day by day: counts, or where it needs groups these. */
export function scansOfCheck(check: Check): readonly Scan[] {
  const { own } = kindOf(check).reads(check);
  const finer = own.filter(({ kind }) => kind !== 'measure');
  return scansOf(finer.length > 0 ? finer : own);
}

/** The same as statements. */
export function statementsOfCheck(
  relation: Relation,
  check: Check,
  days: DaySet,
): readonly Statement[] {
  return scansOfCheck(check).map((scan) => scan.statement(relation, scan.items, days));
}
