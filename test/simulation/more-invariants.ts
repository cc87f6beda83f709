import { expectedDays } from '../../shared/core/calendar.ts';
import { eachDay, hasDay } from '../../shared/core/day-set.ts';
import { decide } from '../../shared/core/decide.ts';
import { launchId, type RunId, type TableName } from '../../shared/core/ids.ts';
import { tableNamed, tablesOf } from '../../shared/core/pipeline.ts';
import { isAtRest, type RunState } from '../../shared/core/run.ts';
import type { TableState } from '../../shared/core/table-state.ts';
import type { Promised } from '../../shared/ports/run-store.ts';
import { readBy } from './contents.ts';
import type { Committed } from './memory-run-store.ts';
import type { Execution } from './model-job-runner.ts';
import type { Scene } from './scene.ts';
import { violate } from './story.ts';

/** Remembers when tables passed and when runs began to read, for those who compare with later. */
export function remember(
  { story, passedAt, readingSince }: Scene,
  { before, after }: Committed,
): void {
  const now = story.clock.now();
  if (after.status === 'reading' && before?.round !== after.round) readingSince.set(after.run, now);
  for (const [name, table] of Object.entries(after.tables)) {
    if (table.tag !== 'passed' && table.tag !== 'passed-with-warnings') continue;
    if (before?.tables[name as TableName] !== table) passedAt.set(`${after.run}/${name}`, now);
  }
}

/**
 * 1. A launch that is asked for after somebody changed what its upstream was judged on does not start.
 *
 * @returns what is wrong when this one starts
 */
export function readsChanged(scene: Scene, { launch }: Execution): string | null {
  const { store, shape, model, passedAt, pipelineOf } = scene;
  const state = store.look(launch.run)?.state;
  const own = state?.tables[launch.table];
  if (state == null || own === undefined || !('since' in own)) return null;
  const table = tableNamed(pipelineOf(state.definition), launch.table);
  for (const need of table?.needs ?? []) {
    const passed = passedAt.get(`${launch.run}/${need.of}`);
    const tag = state.tables[need.of]?.tag;
    if (passed === undefined || (tag !== 'passed' && tag !== 'passed-with-warnings')) continue;
    for (const day of eachDay(launch.days)) {
      for (const read of readBy(shape.gameDays, day, need)) {
        const changed = Date.parse(model.data.of(need.of).get(read)?.changedAt ?? '');
        if (!(changed > passed && changed < Date.parse(own.since))) continue;
        if (read < state.request.from || read > state.request.to) continue;
        return `${launch.id} starts though ${need.of} ${read} changed after it passed`;
      }
    }
  }
  return null;
}

/** 7. What a state calls running has an execution. */
export function runsOnlyWhatStarted({ story, jobs }: Scene, { before, after }: Committed): void {
  for (const [key, table] of Object.entries(after.tables)) {
    const name = key as TableName;
    if (table.tag !== 'running' || before?.tables[name]?.tag === 'running') continue;
    const launch = launchId(after.run, name, table.attempt);
    if (jobs.has(launch)) continue;
    violate(story, '7', `${launch} counts as running, and nothing was started`);
  }
}

/** 7. A promise is forgotten only after it was kept. A page may say more than was promised, and no line less. */
export function keepsItsPromises({ story, bus }: Scene, run: RunId, { effect }: Promised): void {
  const { kind: _, ...fields } = effect;
  const wanted = Object.entries(fields);
  const isKept = bus.published(run).some((body) =>
    wanted.every(([key, value]) => {
      if (key !== 'text') return JSON.stringify(body[key]) === JSON.stringify(value);
      const said = String(body.text).split('\n');
      return String(value)
        .split('\n')
        .every((line) => said.includes(line));
    }),
  );
  if (!isKept)
    violate(story, '7', `${effect.kind} is forgotten, and was not done: ${JSON.stringify(fields)}`);
}

/** A plan names every day behind a day that it writes. */
export function plansAllBehind(scene: Scene, { before, after, events }: Committed): void {
  const [first, ...others] = events;
  if (first?.type !== 'outcomes-read' || others.length > 0 || before?.status !== 'reading') return;
  if (after.status !== 'live') return;
  const pipeline = scene.pipelineOf(after.definition);
  const range = [{ from: after.request.from, to: after.request.to }];
  for (const table of tablesOf(pipeline)) {
    const planned = plannedOf(after.tables[table.name]);
    if (planned === null || !after.request.phases.includes(table.phase)) continue;
    for (const need of table.needs) {
      const upstream = plannedOf(after.tables[need.of]) ?? [];
      for (const day of eachDay(expectedDays(after.calendar, range, table.bootstrapDays))) {
        if (hasDay(planned, day)) continue;
        const read = readBy(scene.shape.gameDays, day, need).find((each) => hasDay(upstream, each));
        if (read === undefined) continue;
        violate(
          scene.story,
          'plan',
          `${table.name} ${day} reads ${need.of} ${read}, which is written anew, and is not`,
        );
      }
    }
  }
}

function plannedOf(table: TableState | undefined) {
  if (table === undefined) return null;
  return 'days' in table ? table.days : null;
}

/** 3. No two live runs may write the same days of a table. */
export function livesAlone({ story, store }: Scene, { before, after, run }: Committed): void {
  if (isAtRest(after.status) || (before !== null && !isAtRest(before.status))) return;
  for (const id of store.runs()) {
    const other = store.look(id)?.state;
    if (id === run || other == null || isAtRest(other.status) || !overlap(other, after)) continue;
    violate(story, 'overlap', `${run} lives beside ${id}, which writes the same days`);
  }
}

function overlap({ request: a }: RunState, { request: b }: RunState): boolean {
  return a.from <= b.to && b.from <= a.to && a.phases.some((phase) => b.phases.includes(phase));
}

/** 7. The state is what its facts add up to, each counted once. */
export function addsUp({ story, store, pipelineOf }: Scene, run: RunId): void {
  const kept = store.look(run);
  if (kept?.state == null) return;
  const pipeline = pipelineOf(kept.state.definition);
  let state: RunState | null = null;
  for (const { event } of kept.folded) state = decide(pipeline, state, event)?.state ?? state;
  if (JSON.stringify(state) !== JSON.stringify(kept.state)) {
    violate(story, '7', `run ${run} is not what its ${kept.folded.length} facts add up to`);
  }
  const ids = kept.folded.map(({ id }) => id);
  if (new Set(ids).size < ids.length) violate(story, '7', `run ${run} has a fact twice`);
}
