import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bigQueryWarehouse } from '../../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../../shared/adapters/local/bigquery/server.ts';
import type { Day } from '../../../shared/core/days.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import type { Pipeline } from '../../../shared/core/pipeline.ts';
import { readingsOf } from '../../../shared/core/readings.ts';
import { type Relation, relationNamed } from '../../../shared/core/relation.ts';
import type { Warehouse } from '../../../shared/ports/warehouse.ts';
import { assess } from '../../../shared/shell/assess.ts';
import { scansOf } from '../../../shared/sql/scan.ts';
import type { Figures } from '../figures.ts';
import { watchMemory } from '../memory.ts';
import { bytesOfScans } from './bytes.ts';
import { engineAlone, ownScans } from './engine-alone.ts';
import { GROWN, grownRelation, growTable } from './grown-table.ts';
import { changeDays, daysChanged, nothingChanged, threeOf } from './incremental.ts';
import { observedWarehouse, type Sent } from './observed-warehouse.ts';
import { inPlainFile } from './plain-file.ts';
import { queriesOfPhase } from './queries-of-a-phase.ts';
import { throughPort } from './through-port.ts';

const MAX_BYTES = 4e9;
const FIRST_PHASE = 'analytics';

export type GateBench = Readonly<{
  /** A warehouse file that a run has filled; it stays as it is. */
  warehouseFile: string;
  /** Where to work; several times the file's size. */
  directory: string;
  pipeline: Pipeline;
  from: Day;
  to: Day;
  /** Rows of the table that is measured. */
  rows: number;
  portRounds: number;
  engineRounds: number;
  /** Whether the times must keep to their bounds: on a small table the fixed costs decide. */
  isBounded: boolean;
}>;

/** What a gate costs: in time against other ways to the same numbers, in bytes, in days and in queries. */
export async function gateFigures(bench: GateBench, figures: Figures): Promise<void> {
  const { pipeline, from, to, isBounded } = bench;
  const { schedule } = pipeline.calendar;
  const file = join(bench.directory, 'gate.duckdb');
  const stopWatching = watchMemory(process.pid);
  const table = relationNamed(pipeline, parseTableName(GROWN));
  if (table === undefined) throw new Error(`the pipeline has no table ${GROWN}`);
  const relation = grownRelation(table);
  const reading = async (warehouse: Warehouse, id: string, relations: readonly Relation[]) => {
    const observed = observedWarehouse(warehouse);
    const request = { id, relations, from, to };
    const at = new Date().toISOString();
    const assessment = await assess(observed.warehouse, pipeline, request, at);
    return { ...assessment, sent: observed.sent };
  };

  copyFileSync(bench.warehouseFile, file);
  await inPlainFile(file, (connection) => connection.run('DELETE FROM phasegate.profiles'));
  await withWarehouse(file, async (warehouse) => {
    const tables = pipeline.phases.find(({ name }) => name === FIRST_PHASE)?.tables ?? [];
    const first = await reading(warehouse, 'phase-first', tables);
    queriesOfPhase(`gate of phase ${FIRST_PHASE}, first reading`, first.sent, pipeline, figures);
    const again = await reading(warehouse, 'phase-again', tables);
    queriesOfPhase(`gate of phase ${FIRST_PHASE}, repeated`, again.sent, pipeline, figures);
  });

  const rows = await inPlainFile(file, (connection) => growTable(connection, bench.rows));
  figures.add(`rows of ${GROWN}, copies of a run's`, rows, 'rows');
  const { scans, days } = await withWarehouse(file, async (warehouse) => {
    const first = await reading(warehouse, 'first', [relation]);
    const [assessed] = first.tables;
    if (assessed === undefined) throw new Error(`${GROWN} was not judged`);
    const { daysRead, facts } = assessed;
    const sent = first.sent.filter(isScanOf(relation));
    const judged = { relation, schedule: facts.schedule, expected: facts.expected, days: daysRead };
    const items = readingsOf([judged]).get(relation.name)?.items ?? [];
    const own = ownScans(relation, daysRead, scansOf(items));
    nothingChanged((await reading(warehouse, 'again', [relation])).sent, schedule, figures);
    const states = await warehouse.dayStates([relation.name]);
    await bytesOfScans({ pipeline, relation, days: daysRead, scans: sent, states }, figures);
    const fused = sent.flatMap(({ statement }) => statement ?? []);
    const known = new Set(fused.map(({ sql }) => sql));
    for (const { statement, items: all } of [own.profile, own.groups]) {
      if (known.has(statement(relation, all, daysRead).sql)) continue;
      throw new Error('the gate sent another statement than its scans say');
    }
    await throughPort(warehouse, relation, daysRead, fused, bench.portRounds, isBounded, figures);
    return { scans: own, days: daysRead };
  });

  await engineAlone(file, scans, bench.engineRounds, isBounded, figures);

  const changed = threeOf(days);
  await inPlainFile(file, (connection) => changeDays(connection, changed));
  await withWarehouse(file, async (warehouse) => {
    const { tables, sent } = await reading(warehouse, 'changed', [relation]);
    daysChanged(changed, tables[0]?.daysRead ?? [], sent, schedule, figures);
  });
  figures.add('gate: peak memory of the process', stopWatching() / 1e6, 'MB', {
    atMost: MAX_BYTES / 1e6,
  });
  rmSync(file, { force: true });
}

function isScanOf({ name }: Relation): (sent: Sent) => boolean {
  return ({ how, tables }) => how === 'query' && tables.length === 1 && tables[0] === name;
}

async function withWarehouse<Result>(
  file: string,
  use: (warehouse: Warehouse) => Promise<Result>,
): Promise<Result> {
  const server = await openBigQueryServer({ file });
  try {
    return await use(bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url }));
  } finally {
    await server.close();
  }
}
