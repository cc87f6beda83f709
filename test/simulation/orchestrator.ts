import { handlersOf } from '../../shared/adapters/handlers.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { Definition, Pipeline } from '../../shared/core/pipeline.ts';
import type { Handler, Topic } from '../../shared/ports/bus.ts';
import type { JobRunner } from '../../shared/ports/job-runner.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import type { EvidenceKeeper, World } from '../../shared/ports/world.ts';
import { newWatch, reconcile } from '../../shared/shell/reconcile.ts';
import { call, type OwnTrouble, portOf } from './call.ts';
import type { Listener, MemoryBus } from './memory-bus.ts';
import type { ModelWarehouse } from './model-warehouse.ts';
import { heldBack, type Plot } from './plot.ts';
import { explained, meet, type Story, say } from './story.ts';
import { warehousePort } from './warehouse-port.ts';

/** What all processes share. */
export type Outside = Readonly<{
  plot: Plot;
  story: Story;
  store: RunStore;
  bus: MemoryBus;
  model: ModelWarehouse;
  jobs: JobRunner;
  evidence: EvidenceKeeper;
  tell: (key: string, text: string) => void;
  /** The definition that a process finds when it starts. */
  current: () => Definition;
  pipelineOf: (text: string) => Pipeline;
}>;

const RECONCILE_MS = 60_000;
const RESTART_MS = 3_000;

/**
 * One orchestrator process: the real handlers over ports that can fail, and the real reconciler. When it
 * dies, everything it was doing and remembered is gone, and a new one starts a little later.
 */
export function startOrchestrator(outside: Outside, name: string): Listener {
  const { story, bus, model, pipelineOf } = outside;
  const { clock } = story;
  const handlers = new Map<string, Handler>();
  let isAlive = true;
  const actor: Listener = {
    name,
    handlers,
    isAlive: () => isAlive,
    die() {
      if (!isAlive) return;
      isAlive = false;
      say(story, `${name} is dead`);
      bus.leave(actor);
      clock.after(RESTART_MS, () => void startOrchestrator(outside, name));
    },
  };
  const runs = heldBack(story, actor, outside.plot, runsOf(outside, actor));
  const known = new Map<string, Pipeline>();
  const world: World = {
    runs,
    warehouse: warehousePort(story, actor, model, null),
    bus: {
      publish: (topic: Topic, body: unknown) =>
        call(story, actor, `bus.publish ${topic.slice(10)}`, async () => bus.publish(topic, body)),
    },
    jobs: portOf(story, actor, 'jobs', outside.jobs),
    notifier: {
      tell: ({ key, text }) =>
        call(story, actor, 'notifier.tell', async () => outside.tell(key, text)),
    },
    evidence: {
      ...outside.evidence,
      store: portOf(story, actor, 'evidence', outside.evidence.store),
    },
    async pipelineOf(hash) {
      const found = known.get(hash);
      if (found !== undefined) return found;
      const pipeline = pipelineOf(await runs.loadDefinition(hash));
      known.set(hash, pipeline);
      return pipeline;
    },
    now: () => new Date(clock.now()).toISOString(),
  };
  const current = outside.current();
  for (const [topic, handler] of Object.entries(handlersOf(world, () => current))) {
    handlers.set(topic, handler);
  }
  bus.join(actor);

  const watch = newWatch();
  const tick = () => {
    if (!isAlive) return;
    reconcile(world, watch).then(next, (error: unknown) => {
      explained(story, error, 'reconcile');
      next();
    });
  };
  const next = () => clock.after(RECONCILE_MS, tick, true);
  clock.after(1_000, tick, true);
  return actor;
}

function runsOf({ story, store }: Outside, actor: Listener): RunStore {
  const conflict = (thoughDone: boolean): OwnTrouble => ({
    name: thoughDone ? 'conflict though written' : 'conflict',
    rate: story.rates.calls / 2,
    error: () => new PhasegateError('conflict', 'simulated: somebody else was first'),
    thoughDone,
  });
  return portOf(story, actor, 'runs', store, (method) =>
    method === 'commit' ? [conflict(false), conflict(true)] : [],
  );
}

/** All processes find the edited definition, as after a deployment. */
export function redeploy(story: Story, processes: readonly Listener[]): void {
  meet(story, 'definition edited');
  for (const each of processes) each.die();
}
