import type { Definition } from '../../core/pipeline.ts';
import type { Page } from '../../page/layout.ts';
import type { Crons } from '../../ports/crons.ts';
import type { EvidenceStore } from '../../ports/evidence-store.ts';
import type { MonitorStore } from '../../ports/monitor-store.ts';
import type { Scheduler } from '../../ports/scheduler.ts';
import type { World } from '../../ports/world.ts';

/** What the page reads; it writes nothing. */
export type PagePlace = Pick<World, 'runs' | 'warehouse' | 'now' | 'pipelineOf'> &
  Readonly<{
    evidence: Pick<EvidenceStore, 'get' | 'list'>;
    monitors: Pick<MonitorStore, 'load'>;
    scheduler: Pick<Scheduler, 'list'>;
    crons: Crons;
    definitionNow: () => Definition;
    /** As commands name it: `local:DIR` or `gcp`. */
    world: string;
  }>;

/** One view: its address, and how it is made of what the address names and asks for. Null: there is no such thing. */
export type PageRoute = Readonly<{
  path: RegExp;
  page(place: PagePlace, names: readonly string[], query: URLSearchParams): Promise<Page | null>;
}>;
