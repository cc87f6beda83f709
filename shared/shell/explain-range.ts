import type { EvidenceStatement } from '../core/evidence.ts';
import { explainTable } from '../core/explain/explain-table.ts';
import type { CheckExplanation, TableExplanation } from '../core/explain/explanation.ts';
import { type Judged, reachedFrom, type Surroundings } from '../core/explain/surroundings.ts';
import { samplesOf } from '../core/failing-rows.ts';
import { isBlocking } from '../core/judge/facts.ts';
import type { Pipeline } from '../core/pipeline.ts';
import { daysWithRowsOf } from '../core/plan-lacks.ts';
import { promising, type Relation } from '../core/relation.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type Assessment, type AssessmentRequest, assess } from './assess.ts';
import { changesOf, statesByTable } from './day-changes.ts';
import { readerOf } from './reader.ts';
import { sampleRows } from './sample-rows.ts';

export type RangeExplanation = Readonly<{
  explained: readonly TableExplanation[];
  /** The tables asked for, as a gate over the range judges them. */
  tables: Assessment['tables'];
  schedule: Assessment['schedule'];
  statements: readonly EvidenceStatement[];
}>;

/** How far a cause is looked for: back to the start of the season, or among the days and relations that are judged anyway. */
export type Reach = 'season' | 'range';

/**
 * Judges relations and, where some do not pass, everything that they read, back to the start of the
 * season; then looks for the causes. Launches nothing.
 *
 * @param reach `range`: reads no more for a cause where everything that bad relations read is judged anyway, and sample rows of what blocks alone
 * @throws PhasegateError as `assess`; a cause is never looked for in a read that failed
 */
export async function explainRange(
  warehouse: Warehouse,
  pipeline: Pipeline,
  request: AssessmentRequest,
  now: string,
  reach: Reach = 'season',
): Promise<RangeExplanation> {
  const asked = await assess(warehouse, pipeline, request, now);
  const { tables, schedule, states } = asked;
  const { explained, statements } = await explainJudged(
    warehouse,
    pipeline,
    request,
    tables,
    now,
    reach === 'range' ? { schedule, states } : null,
  );
  const reader = readerOf(warehouse, {
    id: `${request.id}-samples`,
    labels: { pipeline: pipeline.name, ...request.labels },
    maximumBytes: pipeline.maximumBytesPerQuery,
  });
  const sampled = await withSamples(reader, tables, explained, reach);
  return {
    explained: sampled,
    tables,
    schedule,
    statements: [...asked.statements, ...statements, ...reader.statements],
  };
}

/**
 * The causes of what judged tables show, in what they read, back to the start of the season.
 *
 * @param among what they were judged by: where all that they read was judged with them, nothing else is read; null: back to
 *   the start of the season whatever was judged
 * @throws PhasegateError as `assess`
 */
export async function explainJudged(
  warehouse: Warehouse,
  pipeline: Pipeline,
  request: AssessmentRequest,
  tables: readonly Judged[],
  now: string,
  among: Pick<Assessment, 'schedule' | 'states'> | null = null,
): Promise<Pick<RangeExplanation, 'explained' | 'statements'>> {
  const trouble = tables.filter(({ judgement }) => judgement.verdict !== 'PASS');
  if (trouble.length === 0) return { explained: tables.map(passing), statements: [] };
  const reached = reachedFrom(
    pipeline,
    trouble.map(({ judgement }) => judgement.table),
  );
  const relations = promising(pipeline, [...reached]);
  const isThere = ({ name }: Relation) => tables.some(({ judgement }) => judgement.table === name);
  const isEnough = among !== null && relations.every(isThere);
  const upstream = isEnough
    ? { schedule: among.schedule, tables, statements: [] }
    : await assess(
        warehouse,
        pipeline,
        { ...request, id: `${request.id}-why`, relations, wholeSeason: true },
        now,
      );
  const states = isEnough ? among.states : statesByTable(await warehouse.dayStates([...reached]));
  const around: Surroundings = {
    pipeline,
    calendar: upstream.schedule.calendar,
    relations: new Map(upstream.tables.map((each) => [each.judgement.table, each])),
    changesOf: (name) => changesOf(pipeline, name, states.get(name) ?? []),
    daysWithRows: (source) => daysWithRowsOf(source, states.get(source.name) ?? []),
  };
  return {
    explained: tables.map((table) => explainTable(around, table)),
    statements: upstream.statements,
  };
}

function passing({ judgement: { table, verdict } }: Judged): TableExplanation {
  return { table, verdict, checks: [] };
}

/** Sample rows of the checks that are told, not of those that fail alike. */
async function withSamples(
  reader: Parameters<typeof sampleRows>[0],
  tables: readonly Judged[],
  explained: readonly TableExplanation[],
  reach: Reach,
): Promise<readonly TableExplanation[]> {
  const isSampled = ({ check }: CheckExplanation) =>
    reach === 'season' || isBlocking(check, 'FAIL');
  const told = tables.map(({ facts, judgement }, index) => ({
    facts,
    judgement: {
      ...judgement,
      checks: (explained[index]?.checks ?? []).filter(isSampled).map(({ check }) => check),
    },
  }));
  const rows = await sampleRows(reader, told);
  return explained.map((table) => ({
    ...table,
    checks: table.checks.map((each) => ({
      ...each,
      check: { ...each.check, samples: samplesOf(rows, table.table, each.check) },
    })),
  }));
}
