import type { ExpectedTrigger } from '../core/monitor/expected-triggers.ts';
import type { Definition } from '../core/pipeline.ts';
import type { Crons } from './crons.ts';
import type { MonitorStore } from './monitor-store.ts';
import type { Scheduler } from './scheduler.ts';
import type { World } from './world.ts';

/** What it takes to look at a world on a schedule. */
export type Monitoring = Pick<
  World,
  'runs' | 'bus' | 'warehouse' | 'evidence' | 'pipelineOf' | 'now'
> &
  Readonly<{
    monitors: MonitorStore;
    crons: Crons;
    scheduler: Scheduler;
    /** Calls that are expected beside those of the monitors. */
    alsoExpected: readonly ExpectedTrigger[];
    /** The pipeline as it is deployed now. */
    definitionNow: () => Definition;
  }>;
