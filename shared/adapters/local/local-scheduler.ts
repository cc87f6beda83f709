import type { DatabaseSync } from 'node:sqlite';
import { PhasegateError } from '../../core/errors.ts';
import { type ExpectedTrigger, expectedTriggers } from '../../core/monitor/expected-triggers.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import type { Instant } from '../../core/run.ts';
import type { Bus } from '../../ports/bus.ts';
import type { Crons } from '../../ports/crons.ts';
import type { Scheduler } from '../../ports/scheduler.ts';

type Row = {
  name: string;
  known_at: string;
  reason: string | null;
  until: string | null;
  paused_by: string | null;
  attempt_at: string | null;
  failure: string | null;
};

export type LocalScheduler = Scheduler &
  Readonly<{
    /** Calls what became due since it last called: what was missed while nobody ran is called once. */
    tick(): Promise<void>;
  }>;

/**
 * The schedules of a pipeline, called by whoever runs the world. What is paused lies in the state file; a pause that runs
 * out ends by itself. A schedule that is new is first called at the next time it is due.
 */
export function localScheduler(
  db: DatabaseSync,
  pipeline: Pipeline,
  { bus, crons, now }: Readonly<{ bus: Bus; crons: Crons; now: () => Instant }>,
): LocalScheduler {
  const know = db.prepare('INSERT OR IGNORE INTO schedule (name, known_at) VALUES (:name, :at)');
  const find = db.prepare('SELECT * FROM schedule WHERE name = ?');
  const setPause = db.prepare(
    'UPDATE schedule SET reason = ?, until = ?, paused_by = ? WHERE name = ?',
  );
  const attempted = db.prepare('UPDATE schedule SET attempt_at = ?, failure = ? WHERE name = ?');
  const expected = expectedTriggers(pipeline);

  const rowOf = ({ name }: ExpectedTrigger): Row => {
    know.run({ name, at: now() });
    return find.get(name) as Row;
  };

  const named = (name: string): ExpectedTrigger => {
    const found = expected.find((each) => each.name === name);
    if (found !== undefined) return found;
    const accepted = expected.map((each) => each.name).join(', ') || 'none';
    throw new PhasegateError('not-found', `no schedule ${name}; accepted: ${accepted}`);
  };

  const call = async (trigger: ExpectedTrigger, due: Instant) => {
    if (trigger.topic === null) return;
    const body: unknown = JSON.parse(trigger.body);
    await bus.publish(trigger.topic, { ...(body as object), due });
    attempted.run(now(), null, trigger.name);
  };

  const callIfDue = async (trigger: ExpectedTrigger) => {
    const row = rowOf(trigger);
    const due = crons.lastDue(trigger, now());
    if (due === null || due <= (row.attempt_at ?? row.known_at) || isPaused(row)) return;
    await call(trigger, due);
  };

  const isPaused = ({ until }: Row) => until !== null && until > now();

  return {
    async list() {
      return expected.map((trigger) => {
        const row = rowOf(trigger);
        const { reason, until, paused_by: by } = row;
        const kept = { reason: reason ?? '', until: until ?? '', by: by ?? '' };
        const pause = isPaused(row) ? kept : null;
        return {
          ...trigger,
          isPaused: pause !== null,
          pause,
          knownAt: row.known_at,
          lastAttemptAt: row.attempt_at,
          lastFailure: row.failure,
        };
      });
    },

    async pause(name, { reason, until, by }) {
      rowOf(named(name));
      setPause.run(reason, until, by, name);
    },

    async resume(name) {
      rowOf(named(name));
      setPause.run(null, null, null, name);
    },

    async run(name) {
      const trigger = named(name);
      rowOf(trigger);
      await call(trigger, now());
    },

    async tick() {
      const failures: unknown[] = [];
      for (const trigger of expected) {
        await callIfDue(trigger).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
