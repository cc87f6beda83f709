import { expectedDays } from '../../shared/core/calendar.ts';
import { eachDay } from '../../shared/core/day-set.ts';
import type { RunId, TableName } from '../../shared/core/ids.ts';
import { tableNamed } from '../../shared/core/pipeline.ts';
import { isAtRest, type RunState } from '../../shared/core/run.ts';
import { isDisturbed } from './invariants.ts';
import { keptEvidence, type Scene } from './scene.ts';
import { violate } from './story.ts';

/** Nothing is pending anywhere, and every run is at rest. */
export function isQuiet({ story, store, jobs }: Scene): boolean {
  if (story.clock.work() > 0) return false;
  if (jobs.all().some(({ state }) => state === 'running')) return false;
  return store.runs().every((run) => {
    const kept = store.look(run);
    if (kept === undefined || kept.inbox.length > 0 || kept.outbox.length > 0) return false;
    return kept.state === null || isAtRest(kept.state.status);
  });
}

/** 5 and 7. What a run still owes although nothing has troubled it for long. */
export function tellsWhatIsStuck({ story, store, jobs }: Scene): void {
  for (const run of store.runs()) {
    const kept = store.look(run);
    const tags = Object.entries(kept?.state?.tables ?? {}).map(
      ([name, { tag }]) => `${name} ${tag}`,
    );
    if (kept?.state != null && !isAtRest(kept.state.status)) {
      violate(story, '5', `run ${run} stays ${kept.state.status}: ${tags.join(', ')}`);
    } else if (kept !== undefined && kept.inbox.length > 0) {
      violate(story, '7', `run ${run} never folds ${kept.inbox.map(({ id }) => id).join(', ')}`);
    } else if (kept !== undefined && kept.outbox.length > 0) {
      violate(
        story,
        '7',
        `run ${run} never does ${kept.outbox.map(({ effect }) => effect.kind).join(', ')}`,
      );
    }
  }
  for (const { launch, state } of jobs.all()) {
    if (state === 'running') violate(story, '5', `the execution of ${launch.id} runs for ever`);
  }
  if (story.violations.length === 0) violate(story, '5', 'something goes on for ever');
}

/** 9. Every dead letter and every page reached a person. */
export function tellsPeople({ story, bus, told, pages }: Scene): void {
  for (const { topic, reason } of bus.letters()) {
    if (!told.has(`dead/${topic}/${reason}`))
      violate(story, '9', `nobody heard of a dead letter: ${reason}`);
  }
  const buried = bus.letters().filter(({ topic }) => topic === 'phasegate-alerts');
  for (const [key, text] of pages) {
    if (told.has(key) || buried.some(({ data }) => data.includes(JSON.stringify(key)))) continue;
    violate(story, '9', `nobody was told: ${text}`);
  }
}

/** Locks that nobody will ever give back. */
export async function letsGo({ story, store }: Scene): Promise<void> {
  for (const { launch } of await store.locks()) {
    violate(story, '3', `${launch} holds its table for ever`);
  }
}

/** A passed run's data equals, day by day, what a run without any trouble would have written. */
export function holdsTheRightData(scene: Scene, run: RunId): void {
  const state = scene.store.look(run)?.state;
  if (state?.status !== 'passed') return;
  const lastOther = [...scene.writes.values()].reduce(
    (last, { at, by }) => (by.launch.run === run ? last : Math.max(last, at)),
    0,
  );
  for (const [name, table] of Object.entries(state.tables) as [
    TableName,
    RunState['tables'][TableName],
  ][]) {
    if (table.tag !== 'passed' && table.tag !== 'passed-with-warnings') continue;
    const evidence = keptEvidence(scene, table.evidence);
    if (
      evidence === null ||
      Date.parse(evidence.startedAt) <= Math.max(scene.lastForeign.at, lastOther)
    )
      continue;
    compareTable(scene, state, name);
  }
}

function compareTable(scene: Scene, state: RunState, name: TableName): void {
  const { story, shape, model, pipelineOf } = scene;
  const table = tableNamed(pipelineOf(state.definition), name);
  if (table === undefined) return;
  const range = [{ from: state.request.from, to: state.request.to }];
  for (const day of eachDay(expectedDays(state.calendar, range, table.bootstrapDays))) {
    const found = model.data.of(name).get(day);
    const wanted = model.data.wouldBe(table, day);
    const isTheirs = found?.launch === null;
    if (shape.warns && ((found?.nulls ?? 0) > 0 || wanted.nulls > 0)) continue;
    if (found?.rows === 2 && found.nulls === 0 && (isTheirs || found.content === wanted.content))
      continue;
    const is =
      found === undefined ? 'absent' : `${found.rows} rows, ${found.nulls} empty, ${found.content}`;
    violate(
      story,
      'data',
      `run ${state.run} passed, and ${name} ${day} is ${is} instead of ${wanted.content}`,
    );
  }
}

/** Kinds of trouble that only delay a run: with none but these it passes, and nobody had to help. */
const ONLY_DELAYS = [
  /^message /,
  /^told late/,
  /^call (?!frozen)/,
  /^crash/,
  /^conflict/,
  /^job is slow/,
  /^job ends without/,
];

/** 4. Messages late, twice, lost and in any order, and crashes, change nothing of how a run ends. */
export function endsTheSame(scene: Scene): void {
  const { story, store } = scene;
  const kinds = [...story.met.keys()];
  if (isDisturbed(scene) || !kinds.every((kind) => ONLY_DELAYS.some((each) => each.test(kind))))
    return;
  for (const run of store.runs()) {
    const state = store.look(run)?.state;
    if (state?.request.mode === 'failed' || state?.status === 'passed') continue;
    violate(
      story,
      '4',
      `run ${run} is ${state?.status} although nothing but delays happened: ${state?.message}`,
    );
  }
}
