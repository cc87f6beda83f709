import type { PhaseName, TableName } from '../ids.ts';
import type { Instant } from '../run.ts';
import type { EventOf, RunEvent } from '../run-event.ts';

/** From when to when a phase or a launch went on; `to` of what is `running` is the last that was heard of the run. */
export type DurationBar = Readonly<{
  name: string;
  phase: string;
  from: Instant;
  to: Instant;
  outcome: 'ended' | 'failed' | 'running';
}>;

/** What each phase and each launch took, by what a run's facts say, phase by phase: the phase as a whole, then its launches. */
export function durationBars(events: readonly RunEvent[]): readonly DurationBar[] {
  const last = events.at(-1)?.at;
  if (last === undefined) return [];
  const launches = launchesOf(events, last);
  const rolls = events.filter((event) => event.type === 'roll-called');
  const phases = events.flatMap((event) =>
    event.type === 'run-requested' ? event.request.phases : [],
  );
  return [...new Set(phases)].flatMap((phase) => {
    const own = launches.filter(({ table }) => phaseOf(table, rolls, phases) === phase);
    const bars = own.map(({ bar }) => ({ ...bar, phase }));
    const roll = rolls.findLast((each) => each.phase === phase);
    const began = bars[0]?.from;
    if (began === undefined) return [];
    const isGoing = roll === undefined || bars.some(({ from }) => from > roll.at);
    const outcome = isGoing ? 'running' : hasFailed(roll, events) ? 'failed' : 'ended';
    const whole: DurationBar = {
      name: 'whole phase',
      phase,
      from: began,
      to: isGoing ? last : roll.at,
      outcome,
    };
    return [whole, ...bars];
  });
}

type Launch = Readonly<{ table: TableName; bar: Omit<DurationBar, 'phase'> }>;

function launchesOf(events: readonly RunEvent[], last: Instant): readonly Launch[] {
  const launches = new Map<string, Launch>();
  for (const event of events) {
    if (
      event.type !== 'launch-confirmed' &&
      event.type !== 'job-succeeded' &&
      event.type !== 'job-failed'
    )
      continue;
    const { table, attempt, at } = event;
    const name = `${table} ${attempt}`;
    const known = launches.get(name);
    if (event.type === 'launch-confirmed' && known !== undefined) continue;
    const from = known?.bar.from ?? at;
    const bar =
      event.type === 'launch-confirmed'
        ? ({ name, from, to: last, outcome: 'running' } as const)
        : ({
            name,
            from,
            to: at,
            outcome: event.type === 'job-failed' ? 'failed' : 'ended',
          } as const);
    launches.set(name, { table, bar });
  }
  return [...launches.values()];
}

/** As its roll call says; before that, a launch is of the first phase whose roll was not called. */
function phaseOf(
  table: TableName,
  rolls: readonly EventOf<'roll-called'>[],
  phases: readonly PhaseName[],
): PhaseName | undefined {
  const called = rolls.find(({ tables }) => tables[table] !== undefined)?.phase;
  return called ?? phases.find((phase) => rolls.every((roll) => roll.phase !== phase));
}

function hasFailed({ tables }: EventOf<'roll-called'>, events: readonly RunEvent[]): boolean {
  const signed = new Set<string>(
    events.flatMap((event) => (event.type === 'override-signed' ? [event.table] : [])),
  );
  return Object.entries(tables).some(
    ([table, { verdict }]) => (verdict === 'FAIL' || verdict === 'UNKNOWN') && !signed.has(table),
  );
}
