import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bigQueryWarehouse } from '../../../shared/adapters/gcp/bigquery-warehouse.ts';
import {
  type BigQueryServer,
  openBigQueryServer,
} from '../../../shared/adapters/local/bigquery/server.ts';
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
import { askedBy } from './answers.ts';
import { bytesOfScans } from './bytes.ts';
import { countedServer } from './counted-server.ts';
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
  await withServer(file, async (server) => {
    const counted = await countedServer(server.url);
    const warehouse = warehouseAt(counted.url);
    const tables = pipeline.phases.find(({ name }) => name === FIRST_PHASE)?.tables ?? [];
    const gateOf = async (id: string) => {
      const before = counted.queryJobs();
      const gate = await reading(warehouse, id, tables);
      return { ...gate, queryJobs: counted.queryJobs() - before };
    };
    const [first, again] = [await gateOf('phase-first'), await gateOf('phase-again')];
    await counted.close();
    queriesOfPhase(`gate of phase ${FIRST_PHASE}, first reading`, first, pipeline, figures);
    const repeated = `gate of phase ${FIRST_PHASE}, repeated`;
    queriesOfPhase(repeated, again, pipeline, figures);
    nothingChanged(repeated, again.sent, schedule, figures);
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
    const again = await reading(warehouse, 'again', [relation]);
    nothingChanged('nothing changed', again.sent, schedule, figures);
    const states = await warehouse.dayStates([relation.name]);
    await bytesOfScans({ pipeline, relation, days: daysRead, scans: sent, states }, figures);
    const known = new Set(sent.flatMap(({ statement }) => statement?.sql ?? []));
    const said = [own.profile, own.groups].map((scan) => askedBy(scan, relation, daysRead));
    if (known.size !== said.length || !said.every(({ statement }) => known.has(statement.sql))) {
      throw new Error('the gate sent other statements than its scans say');
    }
    await throughPort(warehouse, own, bench.portRounds, isBounded, figures);
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

function withWarehouse<Result>(
  file: string,
  use: (warehouse: Warehouse) => Promise<Result>,
): Promise<Result> {
  return withServer(file, (server) => use(warehouseAt(server.url)));
}

async function withServer<Result>(
  file: string,
  use: (server: BigQueryServer) => Promise<Result>,
): Promise<Result> {
  const server = await openBigQueryServer({ file });
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

function warehouseAt(apiEndpoint: string): Warehouse {
  return bigQueryWarehouse({ projectId: 'local', apiEndpoint });
}
