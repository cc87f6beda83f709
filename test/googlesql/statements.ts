import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { selectTablesOf } from '../core/build.ts';
import type { TypedStatement } from './analyzer.ts';
import { asksOf } from './asking.ts';
import { callSites } from './call-sites.ts';
import { holdingsOf } from './holdings.ts';
import { type RecordedStatement, recordingWarehouse } from './recording-warehouse.ts';
import { sentByAdapter } from './sent-by-adapter.ts';

/** A statement that we ship or generate, and where it comes from. */
export type NamedStatement = RecordedStatement & Readonly<{ name: string }>;

/** Every statement of one pipeline: its own texts, and all that our functions ask a warehouse over it. */
export async function statementsOf(pipeline: Pipeline): Promise<readonly NamedStatement[]> {
  const found: NamedStatement[] = [...ownTexts(pipeline)];
  for (const [what, ask] of asksOf(pipeline)) {
    const { warehouse, recorded } = recordingWarehouse(holdingsOf(pipeline));
    await ask(warehouse);
    const name = `${pipeline.name} ${what}`;
    found.push(...recorded.map((statement) => ({ ...statement, name })));
  }
  found.push(...(await adapterTexts(pipeline)));
  const once = new Map<string, NamedStatement>();
  for (const statement of found) {
    const text = JSON.stringify([statement.sql, statement.paramTypes]);
    const places = [...(once.get(text)?.places ?? []), ...statement.places];
    once.set(text, { ...statement, places });
  }
  return [...once.values()];
}

/** The texts of the pipeline as they stand there: an error has the place of the text itself. */
function ownTexts(pipeline: Pipeline): readonly NamedStatement[] {
  const places = [`pipeline ${pipeline.name}`];
  const days = { from: 'DATE', to: 'DATE' };
  return [
    ...selectTablesOf(pipeline).map(({ name, job }) => ({
      name: `${pipeline.name} job of ${name}`,
      places,
      sql: job.select,
      paramTypes: days,
    })),
    ...pipeline.sources.flatMap(({ name, load }) =>
      load === null
        ? []
        : [{ name: `${pipeline.name} load of ${name}`, places, sql: load.select, paramTypes: {} }],
    ),
  ];
}

/** The BigQuery adapter writes one text itself; a second one would be left over among the call sites. */
async function adapterTexts(pipeline: Pipeline): Promise<readonly NamedStatement[]> {
  const tables = [...pipeline.sources, ...tablesOf(pipeline)].map(({ name }) => name);
  const sent = await sentByAdapter((warehouse) => warehouse.dayStates(tables));
  const places = callSites()
    .filter((each) => each.includes('bigquery-day-states.ts'))
    .slice(0, 1);
  return sent.map((statement: TypedStatement) => ({
    ...statement,
    places,
    name: `${pipeline.name} day states`,
  }));
}
