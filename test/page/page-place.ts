import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import { evidenceFiles } from '../../shared/adapters/local/evidence-files.ts';
import { localScheduler } from '../../shared/adapters/local/local-scheduler.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteMonitorStore } from '../../shared/adapters/local/sqlite-monitor-store.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import { answerPage } from '../../shared/adapters/pages/answer-page.ts';
import type { PagePlace } from '../../shared/adapters/pages/page-route.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { AT, SCHEDULED } from '../contract/scheduler.ts';
import { given, pipeline } from '../core/run-story.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';

/** What answers nothing. */
const GONE = {
  query: async () => {
    throw new PhasegateError('unavailable', 'the warehouse does not answer');
  },
} as unknown as Warehouse;

/** The page over real stores in memory, with the two monitors of the scheduler's contract and a warehouse that is gone. */
export function pagePlace() {
  const db = openStateFile(':memory:');
  const runs = sqliteRunStore(db);
  const monitors = sqliteMonitorStore(db);
  const evidence = evidenceFiles(emptyDirectory());
  const declared = { ...pipeline, monitors: SCHEDULED.monitors };
  const bus = { publish: async () => '1' };
  const now = () => AT;
  const place: PagePlace = {
    runs,
    monitors,
    evidence,
    warehouse: GONE,
    now,
    pipelineOf: async () => declared,
    scheduler: localScheduler(db, SCHEDULED, { bus, crons: cronerCrons, now }),
    crons: cronerCrons,
    definitionNow: () => ({ pipeline: declared, text: '{}', hash: 'd1' }),
    world: 'local:there',
  };

  return {
    place,
    declared,
    monitors,
    evidence,
    scheduler: localScheduler(db, SCHEDULED, { bus, crons: cronerCrons, now }),
    /** Keeps a run to which this happened, changed as its state is to be. */
    async keep(events: readonly RunEvent[], more: Partial<RunState> = {}): Promise<RunState> {
      const story = given(...events).state;
      if (story === null) throw new Error('nothing asked for a run');
      const state = { ...story, ...more };
      for (const [index, event] of events.entries()) {
        await runs.post(state.run, { id: `f${index}`, event });
      }
      const folded = events.map((_, index) => `f${index}`);
      await runs.commit(state.run, { expected: 0, state, folded, effects: [] });
      return state;
    },
    ask(path: string, other: Partial<PagePlace> = {}) {
      const { pathname, searchParams } = new URL(path, 'http://localhost');
      return answerPage({ ...place, ...other }, pathname, searchParams);
    },
    /** How often something was written. */
    writes: () => db.prepare('SELECT total_changes() AS n').get(),
    close: () => db.close(),
  };
}

export type TestedPage = ReturnType<typeof pagePlace>;
