import type { Definition, Pipeline } from '../../shared/core/pipeline.ts';
import { type Cells, countCells } from './coverage.ts';
import { foreignersReact } from './foreign.ts';
import {
  isAwaited,
  keepsItsDefinition,
  launchesItsDefinition,
  leavesNobodyOut,
  passesOnEvidence,
  plansFromWhatIsThere,
  readsUnpassed,
  writesAlone,
  writesOnce,
} from './invariants.ts';
import { memoryBus } from './memory-bus.ts';
import { type Committed, memoryRunStore } from './memory-run-store.ts';
import { modelJobRunner } from './model-job-runner.ts';
import { modelWarehouse } from './model-warehouse.ts';
import {
  keepsItsPromises,
  livesAlone,
  plansAllBehind,
  readsChanged,
  remember,
  runsOnlyWhatStarted,
} from './more-invariants.ts';
import { redeploy, startOrchestrator } from './orchestrator.ts';
import { peopleReact } from './people.ts';
import { drawPlot } from './plot.ts';
import { evidenceInMemory, type Scene } from './scene.ts';
import { drawShape } from './shape.ts';
import { meet, type Story, say, violate } from './story.ts';
import { momentOf } from './tape.ts';

/** The world of a story: what is outside, one or two orchestrators, and everybody who checks. */
export function openScene(story: Story, cells: Cells): Scene {
  const { clock, tape } = story;
  const shape = drawShape(tape);
  const known = new Map(shape.definitions.map((each) => [each.hash, each.pipeline]));
  const pipelineOf = (hash: string): Pipeline => {
    const found = known.get(hash);
    if (found === undefined) throw new Error(`no definition ${hash}`);
    return found;
  };
  const plot = drawPlot(story);
  const told = new Map<string, string>();
  const pages = new Map<string, string>();
  const writes: Scene['writes'] = new Map();
  const done = new Set<string>();
  const lastForeign = { at: 0 };
  const texts = new Map<string, string>();
  const store = memoryRunStore(
    (committed) => {
      const { effects } = committed;
      if (story.log !== null) sayCommitted(story, committed);
      for (const each of effects) if (each.kind === 'page-human') pages.set(each.key, each.text);
      countCells(cells, pipelineOf, committed);
      passesOnEvidence(scene, committed);
      leavesNobodyOut(scene, committed);
      keepsItsDefinition(scene, committed);
      plansFromWhatIsThere(scene, committed);
      plansAllBehind(scene, committed);
      runsOnlyWhatStarted(scene, committed);
      livesAlone(scene, committed);
      remember(scene, committed);
      peopleReact(scene, committed);
      foreignersReact(scene, committed);
      plot.moments.come(committed);
    },
    (run, promised) => keepsItsPromises(scene, run, promised),
  );
  const bus = memoryBus(story, ({ id, topic, reason }) =>
    told.set(`dead/${topic}/${reason}`, `a message on ${topic} died (${id}): ${reason}`),
  );
  const model = modelWarehouse(shape, clock.now);
  const jobs = modelJobRunner({
    story,
    warns: shape.warns,
    plot,
    store,
    bus,
    model,
    pipelineOf,
    onStart: (execution) => readsChanged(scene, execution),
    onBegin: (execution, suspicion) => {
      isAwaited(scene, execution);
      const wrong = suspicion ?? readsUnpassed(scene, execution);
      if (wrong !== null) violate(story, '1', wrong);
      writesAlone(scene, execution);
      launchesItsDefinition(scene, execution);
    },
    onWrite: (execution, prepared) => {
      say(
        story,
        `job ${execution.launch.id} writes ${prepared.days.map(({ day }) => day).join(' ')}`,
      );
      if (execution.state !== 'running') {
        meet(story, 'zombie write', execution.launch.id);
        lastForeign.at = clock.now();
      }
      for (const { day } of prepared.days) {
        writes.set(`${prepared.table}/${day}`, { at: clock.now(), by: execution });
      }
      writesOnce(scene, execution, prepared, done);
    },
  });
  const scene: Scene = {
    story,
    plot,
    shape,
    store,
    bus,
    model,
    jobs,
    evidence: texts,
    told,
    pipelineOf,
    writes,
    pages,
    passedAt: new Map(),
    readingSince: new Map(),
    lastForeign,
  };
  let current: Definition = shape.definitions[0];
  const outside = {
    plot,
    story,
    store,
    bus,
    model,
    jobs,
    evidence: evidenceInMemory(texts),
    tell: (key: string, text: string) => {
      say(story, `somebody is told: ${text.split('\n').join(' | ')}`);
      if (!told.has(key)) told.set(key, text);
    },
    current: () => current,
    pipelineOf,
  };
  const processes = 1 + tape.draw('processes', 2);
  for (let count = 1; count <= processes; count++) startOrchestrator(outside, `o${count}`);
  if (tape.rarely('edit', 100, 1) === 1) {
    clock.after(momentOf(tape, 'edit'), () => {
      if (tape.isCalm()) return;
      current = shape.definitions[1];
      redeploy(story, bus.listeners());
    });
  }
  if (tape.rarely('jump', 100, 1) === 1) {
    clock.after(momentOf(tape, 'jump'), () => {
      if (tape.isCalm()) return;
      meet(story, 'clock jumps');
      clock.jump(tape.draw('jump hours', 2) === 0 ? 3_600_000 : 3 * 3_600_000);
    });
  }
  return scene;
}

function sayCommitted(story: Story, { run, after, events }: Committed): void {
  const tags = Object.entries(after.tables).map(
    ([name, { tag, attempt }]) => `${name} ${tag} ${attempt}`,
  );
  const happened = events.map(({ type }) => type).join(', ');
  say(story, `${run.slice(-10)} ${happened} -> ${after.status} ${after.round}; ${tags.join(', ')}`);
}
