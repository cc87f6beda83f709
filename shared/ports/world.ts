import type { EvidenceText, GateEvidence } from '../core/evidence.ts';
import type { RunStep } from '../core/lineage/run-step.ts';
import type { AlertMessage } from '../core/messages.ts';
import type { Pipeline } from '../core/pipeline.ts';
import type { Instant } from '../core/run.ts';
import type { Bus } from './bus.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { JobRunner } from './job-runner.ts';
import type { RunStore } from './run-store.ts';
import type { Warehouse } from './warehouse.ts';

/** Tells people. Telling the same key twice is told once, and a cause once in a while. */
export interface Notifier {
  tell(alert: AlertMessage): Promise<void>;
}

/** What it takes to keep the evidence of a gate. */
export type EvidenceKeeper = Readonly<{
  store: EvidenceStore;
  /** An evidence as it is kept. */
  textOf: (evidence: GateEvidence) => EvidenceText;
  /** Tells the code that judges from any other. */
  codeVersion: () => string;
}>;

/** Everything outside, in one value. */
export type World = Readonly<{
  runs: RunStore;
  bus: Bus;
  warehouse: Warehouse;
  jobs: JobRunner;
  notifier: Notifier;
  evidence: EvidenceKeeper;
  /** The pipeline that was kept under this hash. */
  pipelineOf: (hash: string) => Promise<Pipeline>;
  now: () => Instant;
  /** The image of the job that ships, as it is deployed now; a run pins it. Absent: it has none. */
  jobImage?: string;
  /** Hears of facts after they were committed here; it neither throws nor waits. A crash in between leaves it without. */
  onFolded?: (steps: readonly RunStep[]) => void;
  /** What is deployed here, kept with every run that is asked for here. */
  version?: string;
}>;
