import type { DeadLetter } from '../../core/dead-letter.ts';
import type { Definition } from '../../core/pipeline.ts';
import type { AlertMemory } from '../../ports/alert-memory.ts';
import type { Bus } from '../../ports/bus.ts';
import type { DeadCount } from '../../ports/dead-count.ts';
import type { FileAges } from '../../ports/file-ages.ts';
import type { MonitorStore } from '../../ports/monitor-store.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import type { EvidenceKeeper } from '../../ports/world.ts';
import type { Owner } from './owner-file.ts';

export type LocalWorldOptions = Readonly<{
  directory: string;
  definition: Definition;
  /** Talk to an owner with another definition, too. */
  anyDefinition: boolean;
  /** False for a command that only looks: as owner it goes on with no run, launches no job and takes no message. */
  launches: boolean;
  /** False: tables that are missing stay missing. Default: they are made. */
  makesTables?: boolean;
  /** What runs a job: a program and its first arguments; `job TABLE` is appended. */
  jobCommand: readonly [string, ...string[]];
  /** Told of every page. */
  onPage: (text: string) => void;
  /** Where addresses of channels may be; absent: pages go nowhere else. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Serves the page as well: how commands name this world, and the port; null: any that is free. */
  page?: Readonly<{ world: string; port: number | null }>;
}>;

export type LocalWorld = Readonly<{
  runs: RunStore;
  bus: Bus;
  warehouse: Warehouse;
  evidence: EvidenceKeeper;
  monitors: MonitorStore;
  alerts: AlertMemory;
  scheduler: Scheduler;
  files: FileAges;
  dead: DeadCount;
  /** True when this process runs the world, false when another one does and this one only talks to it. */
  isOwner: boolean;
  /** Its `busUrl` is null only where `launches` was false. */
  owner: Owner;
  /** Whether the owner is still there. */
  isServed(): boolean;
  deadLetters(): readonly DeadLetter[];
  close(): Promise<void>;
}>;
