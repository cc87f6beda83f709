import type { Pipeline } from '../core/pipeline.ts';
import type { Instant } from '../core/run.ts';
import type { Bus } from './bus.ts';
import type { JobRunner } from './job-runner.ts';
import type { RunStore } from './run-store.ts';
import type { Warehouse } from './warehouse.ts';

/** Tells a person. Telling the same key twice is told once. */
export interface Notifier {
  tell(key: string, text: string): Promise<void>;
}

/** Everything outside, in one value. */
export type World = Readonly<{
  runs: RunStore;
  bus: Bus;
  warehouse: Warehouse;
  jobs: JobRunner;
  notifier: Notifier;
  /** The pipeline that was kept under this hash. */
  pipelineOf: (hash: string) => Promise<Pipeline>;
  now: () => Instant;
}>;
