import type { ExpectedTrigger } from '../core/monitor/expected-triggers.ts';
import type { Definition } from '../core/pipeline.ts';
import type { RunRequest } from '../core/run.ts';
import type { AlertMemory } from './alert-memory.ts';
import type { Crons } from './crons.ts';
import type { DeadCount } from './dead-count.ts';
import type { FileAges } from './file-ages.ts';
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
    files: FileAges;
    dead: DeadCount;
    crons: Crons;
    scheduler: Scheduler;
    /** Calls that are expected beside those of the monitors. */
    alsoExpected: readonly ExpectedTrigger[];
    /** By which a run is named after its request; absent: no monitor opens a run here. */
    requestHash?: (request: RunRequest) => string;
    /** The pipeline as it is deployed now. */
    definitionNow: () => Definition;
    /** What is remembered of alerts that people were told. */
    alerts: AlertMemory;
    /** So long a test alert may take at the most: a message that is delivered again for longer dies. */
    testMs: number;
  }>;
