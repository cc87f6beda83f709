import { join } from 'node:path';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { sqliteRunStore } from '../../shared/adapters/local/sqlite-run-store.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';

/** Where the time of a world's last run went. Jobs and gates overlap, so they may add up to more than the run. */
export type Story = Readonly<{
  secondsByJob: Readonly<Record<string, number>>;
  secondsByGate: Readonly<Record<string, number>>;
  facts: number;
}>;

export async function storyOf(directory: string): Promise<Story> {
  const db = openStateFile(join(directory, 'state.db'));
  const runs = sqliteRunStore(db);
  const [last] = await runs.list();
  const events = last === undefined ? [] : (await runs.facts(last)).map((fact) => fact.event);
  db.close();
  const secondsByJob: Record<string, number> = {};
  const secondsByGate: Record<string, number> = {};
  const instantOf = (type: RunEvent['type'], table: string) =>
    events.findLast((event) => event.type === type && 'table' in event && event.table === table)
      ?.at;
  for (const event of events) {
    if (event.type !== 'gate-judged') continue;
    const confirmed = instantOf('launch-confirmed', event.table);
    const ended = instantOf('job-succeeded', event.table);
    if (confirmed === undefined || ended === undefined) continue;
    secondsByJob[event.table] = secondsBetween(confirmed, ended);
    secondsByGate[event.table] = secondsBetween(ended, event.at);
  }
  return { secondsByJob, secondsByGate, facts: events.length };
}

/** Median seconds of posting one fact and folding it, on the same disk. */
export async function secondsPerFact(directory: string): Promise<number> {
  const db = openStateFile(join(directory, 'bench-state.db'));
  const runs = sqliteRunStore(db);
  const [example] = await runs.list();
  const run = example ?? ('bench-20220101-20220102-00000000' as never);
  const times: number[] = [];
  for (let n = 0; n < 200; n++) {
    const started = process.hrtime.bigint();
    await runs.post(run, {
      id: `f${n}`,
      event: { type: 'clock-ticked', at: '2026-01-01T00:00:00.000Z' },
    });
    await runs.commit(run, { expected: n, state: { n } as never, folded: [`f${n}`], effects: [] });
    times.push(Number(process.hrtime.bigint() - started) / 1e9);
  }
  db.close();
  return times.toSorted((a, b) => a - b)[100] ?? Number.NaN;
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
