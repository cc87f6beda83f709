import { answerApi } from '../../shared/adapters/api.ts';
import type { ApiAnswer, Caller } from '../../shared/adapters/api-route.ts';
import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { lineagePlace } from '../../shared/adapters/lineage/lineage-place.ts';
import { evidenceFiles } from '../../shared/adapters/local/evidence-files.ts';
import { localScheduler } from '../../shared/adapters/local/local-scheduler.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { readLineageTarget } from '../../shared/edge/lineage-target.ts';
import { AT, SCHEDULED } from '../contract/scheduler.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';

export const NOBODY: Caller = {
  name: 'eve@x.example',
  mayRead: false,
  mayClaim: false,
  mayWrite: false,
};
export const OPERATOR: Caller = {
  name: 'ana@x.example',
  mayRead: true,
  mayClaim: true,
  mayWrite: true,
};

/** An API over a state file in memory, with the two schedules of the contract; nothing listens where its warehouse is. */
export function apiPlace() {
  const db = openStateFile(':memory:');
  const runs = sqliteRunStore(db);
  const published: { topic: string; body: unknown }[] = [];
  const bus = {
    publish: async (topic: string, body: unknown) => String(published.push({ topic, body })),
  };
  const now = () => AT;
  const scheduler = localScheduler(db, SCHEDULED, { bus, crons: cronerCrons, now });
  const definitionNow = () => ({ pipeline: SCHEDULED, text: '{}', hash: 'd1' });
  const warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: 'http://127.0.0.1:9' });
  const evidence = evidenceFiles(emptyDirectory());
  const lineage = lineagePlace(readLineageTarget({}, 'phasegate'), 'local');
  const people = { warehouse, now, evidence, scheduler, lineage, definitionNow };
  const place = { runs, bus, pipelineOf: async () => SCHEDULED, people };

  const ask = (caller: Caller, method: string, path: string, body: unknown = '') =>
    answerApi(place, {
      method,
      path,
      caller,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }) as Promise<ApiAnswer & { body: object }>;

  return { ...place, scheduler, published, ask, close: () => db.close() };
}
