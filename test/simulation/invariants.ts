import { expectedDays } from '../../shared/core/calendar.ts';
import { eachDay, hasDay, intersect } from '../../shared/core/day-set.ts';
import type { TableName } from '../../shared/core/ids.ts';
import { tableNamed, tablesOf } from '../../shared/core/pipeline.ts';
import { tablesOfRun } from '../../shared/core/plan.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { EventOf } from '../../shared/core/run-event.ts';
import { isBusy, type TableState } from '../../shared/core/table-state.ts';
import type { Committed } from './memory-run-store.ts';
import type { Execution } from './model-job-runner.ts';
import type { Prepared } from './model-warehouse.ts';
import { keptEvidence, type Scene } from './scene.ts';
import { violate } from './story.ts';

const isPassed = (table: TableState | undefined) =>
  table?.tag === 'passed' || table?.tag === 'passed-with-warnings';
const letsOthersRead = (table: TableState | undefined) =>
  isPassed(table) || table?.tag === 'overridden';

const DISTURBING = ['foreign', 'zombie'];

/** Whether somebody but our jobs touched the data, or a write came after its job was over. */
export function isDisturbed({ story }: Scene): boolean {
  return [...story.met.keys()].some((kind) => DISTURBING.some((each) => kind.startsWith(each)));
}

/** 3. An execution begins only what its run waits for. */
export function isAwaited({ story, store }: Scene, { launch }: Execution): void {
  const own = store.look(launch.run)?.state?.tables[launch.table];
  if (isBusy(own) && own.attempt === launch.attempt) return;
  violate(story, '3', `${launch.id} begins, and its table is ${own?.tag} ${own?.attempt}`);
}

/** 1. No launch before everything it reads has passed. @returns what is wrong when this one begins */
export function readsUnpassed(scene: Scene, { launch }: Execution): string | null {
  const state = scene.store.look(launch.run)?.state;
  if (state == null) return `${launch.id} begins for a run that nobody knows`;
  const table = tableNamed(scene.pipelineOf(state.definition), launch.table);
  for (const { of } of table?.needs ?? []) {
    const upstream = state.tables[of];
    if (upstream === undefined || letsOthersRead(upstream)) continue;
    return `${launch.id} begins while ${of}, which it reads, is ${upstream.tag}`;
  }
  return null;
}

/** 2. A table passes only on stored evidence under the run's definition, newer than its last write; or a person signed. */
export function passesOnEvidence(scene: Scene, { before, after }: Committed): void {
  for (const [name, table] of Object.entries(after.tables) as [TableName, TableState][]) {
    if (table.tag === 'overridden' && before?.tables[name] !== table) {
      if ([table.by, table.reason, table.until].some((text) => text === '')) {
        violate(scene.story, '2', `${name} is overridden, and nobody signed for it`);
      }
    }
    if (table.tag !== 'passed' && table.tag !== 'passed-with-warnings') continue;
    const was = before?.tables[name];
    if (was === table || (was?.tag === table.tag && was.evidence === table.evidence)) continue;
    const evidence = keptEvidence(scene, table.evidence);
    if (evidence === null) {
      violate(
        scene.story,
        '2',
        `${name} is passed on evidence ${table.evidence}, which is not kept`,
      );
      continue;
    }
    if (evidence.trouble !== null) {
      violate(scene.story, '2', `${name} is passed, and its gate said: ${evidence.trouble}`);
    }
    if (evidence.definition !== after.definition) {
      violate(scene.story, '2', `${name} is passed under another definition`);
    }
    const range = [{ from: after.request.from, to: after.request.to }];
    const last = [...eachDay(range)]
      .map((day) => scene.writes.get(`${name}/${day}`))
      .find((write) => write !== undefined && write.at > Date.parse(evidence.startedAt));
    if (last !== undefined && !isDisturbed(scene)) {
      violate(
        scene.story,
        '2',
        `${name} is passed on evidence older than what ${last.by.launch.id} wrote`,
      );
    }
  }
}

/** 3. At most one live execution for (table, overlapping days), over all runs. */
export function writesAlone(scene: Scene, { launch, name }: Execution): void {
  for (const other of scene.jobs.all()) {
    if (other.name === name || other.state !== 'running') continue;
    if (scene.store.claimOf(other.launch.id) !== other.name) continue;
    if (other.launch.table !== launch.table) continue;
    if (intersect(other.launch.days, launch.days).length === 0) continue;
    violate(
      scene.story,
      '3',
      `${launch.id} starts while ${other.launch.id} may write the same days`,
    );
  }
}

/** 3 and 7. Who writes has the fence of its launch, and no launch writes a day twice. */
export function writesOnce(
  scene: Scene,
  execution: Execution,
  { table, days }: Prepared,
  done: Set<string>,
): void {
  for (const { day } of days) {
    const key = `${execution.launch.id}/${table}/${day}`;
    if (done.has(key)) violate(scene.story, '7', `${execution.launch.id} writes ${day} twice`);
    done.add(key);
    if (!hasDay(execution.launch.days, day)) {
      violate(scene.story, '7', `${execution.launch.id} writes ${day}, which it was not asked for`);
    }
  }
}

/** 6. A phase passes only when every table of it has. */
export function leavesNobodyOut(scene: Scene, { before, after, events }: Committed): void {
  const pipeline = scene.pipelineOf(after.definition);
  for (const event of events) {
    if (event.type !== 'roll-called' || after.phases[event.phase] !== 'passed') continue;
    if (before?.phases[event.phase] === 'passed') continue;
    for (const [name, { verdict }] of Object.entries(event.tables)) {
      const tag = after.tables[name as TableName]?.tag;
      if (verdict === 'PASS' || verdict === 'WARN' || tag === 'overridden') continue;
      violate(scene.story, '6', `phase ${event.phase} passed while ${name} was called ${verdict}`);
    }
  }
  const asked = new Set(tablesOfRun(pipeline, after.request).map(({ name }) => name));
  for (const { name, phase } of tablesOf(pipeline)) {
    if (!asked.has(name)) continue;
    if (after.tables[name] === undefined) violate(scene.story, '6', `${name} was left out`);
    if (after.phases[phase] === 'passed' && !letsOthersRead(after.tables[name])) {
      const tag = after.tables[name]?.tag;
      violate(scene.story, '6', `phase ${phase} passed while ${name} is ${tag}`);
    }
  }
  if (after.status !== 'passed') return;
  for (const [phase, stands] of Object.entries(after.phases)) {
    if (stands !== 'passed')
      violate(scene.story, '6', `the run passed while ${phase} is ${stands}`);
  }
}

/** 8. The definition a run started with is the one it ends with. */
export function keepsItsDefinition(scene: Scene, { before, after }: Committed): void {
  if (before !== null && before.definition !== after.definition) {
    violate(scene.story, '8', `run ${after.run} changed its definition`);
  }
}

export function launchesItsDefinition(scene: Scene, { launch }: Execution): void {
  const pinned = scene.store.look(launch.run)?.state?.definition;
  if (pinned !== launch.definition) {
    violate(scene.story, '8', `${launch.id} starts with definition ${launch.definition}`);
  }
}

/** 10. What a plan rests on is what the data was: no day that stood there for a while counts as missing, or the other way round. */
export function plansFromWhatIsThere(scene: Scene, { events, before, after }: Committed): void {
  for (const event of events) {
    if (event.type !== 'outcomes-read' || event.round !== before?.round) continue;
    if (before.status === 'reading') comparePlan(scene, after, event);
  }
}

function comparePlan(scene: Scene, state: RunState, event: EventOf<'outcomes-read'>): void {
  const pipeline = scene.pipelineOf(state.definition);
  const asked = scene.readingSince.get(state.run) ?? 0;
  for (const { name, bootstrapDays } of tablesOfRun(pipeline, state.request)) {
    const outcomes = event.outcomes[name] ?? {};
    const range = [{ from: state.request.from, to: state.request.to }];
    for (const day of eachDay(expectedDays(event.calendar, range, bootstrapDays))) {
      const found = scene.model.data.of(name).get(day);
      if (found !== undefined && Date.parse(found.changedAt) > asked) continue;
      const isThere = (found?.rows ?? 0) > 0;
      const missing = [outcomes.NEVER_RAN, outcomes.EMPTY_SUSPECT];
      const isMissing = missing.some((days) => days !== undefined && hasDay(days, day));
      if (isThere && isMissing) {
        violate(scene.story, '10', `${name} ${day} is planned as missing, and is there`);
      }
      if (!isThere && hasDay(outcomes.VERIFIED ?? [], day)) {
        violate(scene.story, '10', `${name} ${day} is planned as verified, and is not there`);
      }
    }
  }
}
