import type { Calendar } from '../core/calendar.ts';
import { type DaySet, intersect, isEmpty, NO_DAYS, subtract, union } from '../core/day-set.ts';
import { decide } from '../core/decide.ts';
import { PhasegateError } from '../core/errors.ts';
import type { TableName } from '../core/ids.ts';
import type { Pipeline, Table } from '../core/pipeline.ts';
import type { Plan } from '../core/plan.ts';
import {
  daysBehind,
  daysToCome,
  type Published,
  publishedTables,
  stillPublished,
} from '../core/published.ts';
import type { RunState } from '../core/run.ts';
import type { RunEvent } from '../core/run-event.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Assessment } from './assess.ts';
import { changePublished, readPublished } from './verified-views.ts';

/** How things stood before the data was read: what entered a view since then was not judged by us. */
export type BeforeJudging = Readonly<{
  changes: ReadonlyMap<TableName, number>;
  /** Days that a job of some run may still change, of every table. */
  toCome: Plan;
}>;

export const NOTHING_PUBLISHED: BeforeJudging = { changes: new Map(), toCome: new Map() };

/**
 * Looks at the views of these tables, then at the runs, in this order: a run that is planned later
 * replaces the views it takes days from, and `publish` notices.
 */
export async function beforeJudging(
  { warehouse, runs }: Readonly<{ warehouse: Warehouse; runs: RunStore }>,
  pipeline: Pipeline,
  tables: readonly Table[],
): Promise<BeforeJudging> {
  const changes = new Map<TableName, number>();
  for (const { name, publish } of tables) {
    if (publish === null) continue;
    changes.set(name, (await readPublished(warehouse, name)).change);
  }
  const written = new Map<TableName, DaySet>();
  if (changes.size > 0) {
    for (const run of await runs.list()) {
      const state = await runs.state(run);
      if (state == null) continue;
      for (const [name, days] of daysToCome(pipeline, state)) {
        written.set(name, union(written.get(name) ?? NO_DAYS, days));
      }
    }
  }
  return { changes, toCome: daysBehind(pipeline, written) };
}

/**
 * Makes the views show what an answer means, before the answer is recorded: what follows from it,
 * launches above all, cannot come first, and a crash between the two has both done again.
 *
 * @param state of the run that asked
 * @param answer what its gate or its plan found in `assessment`
 * @returns the answer, with what was published
 * @throws PhasegateError `conflict` when somebody else replaced a view, `unavailable` when it is to be judged again
 */
export async function updateViews(
  warehouse: Warehouse,
  pipeline: Pipeline,
  state: RunState,
  answer: RunEvent,
  assessment: Assessment,
  before: BeforeJudging,
): Promise<RunEvent> {
  const next = decide(pipeline, state, answer)?.state ?? state;
  if (answer.type === 'roll-called' && next.phases[answer.phase] === 'passed') {
    const published = await publish(warehouse, pipeline, before, assessment);
    return { ...answer, published };
  }
  await withdrawUnverified(warehouse, pipeline, assessment);
  const isPlanned = answer.type === 'outcomes-read' || next.round > state.round;
  if (isPlanned && next.status === 'live') {
    const written = daysToCome(pipeline, next);
    const { calendar } = assessment.schedule;
    await withdrawBehind(warehouse, pipeline, written, calendar, { fence: true });
  }
  return answer;
}

/**
 * Takes from the views every day that was judged and is not VERIFIED now, and every day behind one
 * that leaves. Only the process that runs the world may: another one could bring back what it takes
 * away at the same moment.
 */
export async function withdrawUnverified(
  warehouse: Warehouse,
  pipeline: Pipeline,
  { schedule, tables }: Pick<Assessment, 'schedule' | 'tables'>,
): Promise<void> {
  const { calendar } = schedule;
  const left = new Map<TableName, DaySet>();
  for (const { table, range, verified } of judged(pipeline, tables)) {
    const { days } = await readPublished(warehouse, table.name);
    left.set(table.name, subtract(days, stillPublished(days, range, verified)));
  }
  await withdrawBehind(warehouse, pipeline, left, calendar, { fence: false });
}

/**
 * Takes these days from the views, and every day behind them: for days that a job will write, before
 * it does.
 *
 * @param fence replace the views of these days even if they show none of them, so that a gate
 *   which looked before does not publish after
 */
export async function withdrawBehind(
  warehouse: Warehouse,
  pipeline: Pipeline,
  days: Plan,
  calendar: Calendar,
  { fence }: Readonly<{ fence: boolean }>,
): Promise<void> {
  const behind = daysBehind(pipeline, days);
  for (const table of publishedTables(pipeline)) {
    const leaving = behind.get(table.name) ?? NO_DAYS;
    if (isEmpty(leaving)) continue;
    const without = (now: Published) => subtract(now.days, leaving);
    await changePublished(warehouse, table, calendar, without, { always: fence });
  }
}

/**
 * Lets the VERIFIED days of tables whose gate passed into their views; days outside the judged range
 * stay as they are. Days that a job may still change do not enter.
 *
 * @returns what each view shows of the judged range
 * @throws PhasegateError `unavailable` when a view was replaced since `before`: judge again
 */
async function publish(
  warehouse: Warehouse,
  pipeline: Pipeline,
  before: BeforeJudging,
  { schedule, tables }: Assessment,
): Promise<Readonly<Record<TableName, DaySet>>> {
  const shown: Record<TableName, DaySet> = {};
  for (const { table, range, verified } of judged(pipeline, tables)) {
    const entering = subtract(verified, before.toCome.get(table.name) ?? NO_DAYS);
    const { days } = await changePublished(warehouse, table, schedule.calendar, (now) => {
      if (now.change !== before.changes.get(table.name)) throw judgedTooEarly(table.name);
      return union(stillPublished(now.days, range, verified), entering);
    });
    shown[table.name] = intersect(days, [range]);
  }
  return shown;
}

function judged(pipeline: Pipeline, tables: Assessment['tables']) {
  return publishedTables(pipeline).flatMap((table) => {
    const found = tables.find(({ judgement }) => judgement.table === table.name);
    if (found === undefined) return [];
    const { from, to } = found.facts;
    return [{ table, range: { from, to }, verified: found.outcomes.VERIFIED ?? NO_DAYS }];
  });
}

function judgedTooEarly(table: TableName): PhasegateError {
  return new PhasegateError(
    'unavailable',
    `the verified view of ${table} was replaced while its days were judged; they are judged again`,
  );
}
