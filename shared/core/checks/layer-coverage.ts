import type { Day } from '../days.ts';
import type { TableName } from '../ids.ts';
import { judgeShareOf } from '../judge/share-of.ts';
import { idsOf } from '../profile.ts';
import { distinctIds, measure } from '../state-item.ts';
import type { Base, SqlExpression, Thresholds } from './base.ts';
import { otherGroupingProblems, ownGroupingProblems } from './grouping.ts';
import type { CheckKind } from './kind.ts';

/**
 * Every unit that the layer before has on a day is here on that day. The layer before is the
 * denominator: what it lacks itself is not missed here, and a day on which it has fewer than
 * `minimumPerDay` units shows nothing.
 */
export type LayerCoverage = Base &
  Thresholds &
  Readonly<{
    kind: 'layer-coverage';
    by: readonly string[];
    where: SqlExpression | null;
    of: TableName;
    ofBy: readonly string[];
    ofWhere: SqlExpression | null;
    unit: string;
  }>;

export const layerCoverage: CheckKind<LayerCoverage> = {
  reads: ({ by, where, of, ofBy, ofWhere }) => ({
    own: [measure(distinctIds(by, where))],
    others: [{ relation: of, items: [measure(distinctIds(ofBy, ofWhere))] }],
  }),
  columns: ({ by }) => by,
  problems: ({ by, of, ofBy }, relation, pipeline) => [
    ...ownGroupingProblems(relation, by),
    ...otherGroupingProblems(pipeline, of, by, ofBy),
    ...(of === relation.name ? ['takes its own rows for the layer before'] : []),
  ],
  judge: (check, { profile, others }, days) => {
    const { by, where, of, ofBy, ofWhere, unit } = check;
    const countedOn = (day: Day) => {
      const there = idsOf(others.get(of)?.days.get(day), distinctIds(ofBy, ofWhere));
      const here = idsOf(profile.days.get(day), distinctIds(by, where));
      const missing = [...there].filter((id) => !here.has(id));
      return { eligible: there.size, holds: there.size - missing.length, breaking: missing };
    };
    const which = ofWhere === null ? '' : ` where ${ofWhere}`;
    return judgeShareOf(check, days, countedOn, unit, `those of ${of}${which} are here`);
  },
};
