import { kindOf } from '../checks/kinds.ts';
import type { GateEvidence, TableEvidence } from '../evidence.ts';
import type { TableName } from '../ids.ts';
import type { EventOf, TableVerdict } from '../run-event.ts';
import { letsPass, worst } from '../verdict.ts';
import { type Belongs, type Described, datasetOf, eventOf } from './describe.ts';
import { type Facets, facet, type LineageEvent } from './lineage-event.ts';

/**
 * A gate that was answered, as its begin and its end: COMPLETE where it lets pass, FAIL where it refuses or could not evaluate.
 *
 * @param evidence what it kept; null: not known here, and then no check is told of
 */
export function ofGate(
  belongs: Belongs,
  event: EventOf<'gate-judged' | 'roll-called'>,
  evidence: GateEvidence | null,
): readonly LineageEvent[] {
  const verdicts = verdictsOf(event);
  const { request } = belongs.state;
  const judged = event.type === 'gate-judged' ? event.table : event.phase;
  const described: Described = {
    key: Object.values(verdicts)[0]?.evidence || `${belongs.state.run} ${judged} ${event.at}`,
    job: `${belongs.pipeline.name}.gate.${judged}`,
    what: 'GATE',
    days: [{ from: request.from, to: request.to }],
    inputs: Object.keys(verdicts).map((name) => {
      const table = name as TableName;
      const kept = evidence?.tables.find(({ judgement }) => judgement.table === table);
      const dataset = datasetOf(belongs.place, table);
      return kept === undefined ? dataset : { ...dataset, inputFacets: assertions(kept) };
    }),
    outputs: [],
  };
  const verdict = worst(Object.values(verdicts).map((each) => each.verdict));
  const type = letsPass(verdict) ? 'COMPLETE' : 'FAIL';
  const begun = evidence?.startedAt ?? event.at;
  return [
    eventOf(belongs, described, { type: 'START', at: begun, message: null }),
    eventOf(belongs, described, { type, at: event.at, message: messageOf(verdicts) }),
  ];
}

function verdictsOf(
  event: EventOf<'gate-judged' | 'roll-called'>,
): Readonly<Record<TableName, TableVerdict>> {
  return event.type === 'roll-called' ? event.tables : { [event.table]: event };
}

/** Whether each check held. One that could not be evaluated did not. */
function assertions({ judgement, facts }: TableEvidence): Facets {
  const columns = new Map(
    facts.table.checks.map((check) => [check.id, kindOf(check).columns(check)] as const),
  );
  const told = judgement.checks.map(({ id, verdict }) => {
    const [column, ...others] = columns.get(id) ?? [];
    const isOfOne = column !== undefined && others.length === 0;
    return { assertion: id, success: verdict === 'PASS', ...(isOfOne ? { column } : {}) };
  });
  return {
    dataQualityAssertions: facet('DataQualityAssertionsDatasetFacet', { assertions: told }),
  };
}

/** Null where every table passes. */
function messageOf(verdicts: Readonly<Record<TableName, TableVerdict>>): string | null {
  const refused = Object.entries(verdicts).filter(([, { verdict }]) => !letsPass(verdict));
  if (refused.length === 0) return null;
  return refused.map(([name, { verdict, message }]) => `${name} ${verdict}: ${message}`).join('\n');
}
