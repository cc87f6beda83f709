import { cronerCrons } from '../../shared/adapters/croner-crons.ts';
import { addDays } from '../../shared/core/days.ts';
import { monitorTrigger } from '../../shared/core/monitor/expected-triggers.ts';
import { ON_CLOCK_CHANGE } from './catalog.ts';
import type { LeagueSize } from './feed.ts';
import { putDownNights } from './nights.ts';
import { place } from './place.ts';
import type { Placed, Trouble } from './trouble.ts';
import { openSeasonWorld, type SeasonWorld, type Told } from './world.ts';

/** A winter in New York. */
const CLOCK_CHANGES = ['2021-11-07', '2022-03-13'];
const OFF_SEASON_DAYS = 30;

export type Played = Readonly<{
  placed: readonly Placed[];
  told: readonly Told[];
  /** By monitor: how often it was due, its schedule not paused and the state store there, and for how many of these times it looked. */
  looks: Readonly<Record<string, Readonly<{ looked: number; due: number }>>>;
  passedRuns: number;
}>;

/** A whole season and a month after it, in which these troubles come one after another; none: a season without any. */
export async function playSeason(
  size: LeagueSize,
  troubles: readonly Trouble[],
  onTrouble: (line: string) => void = () => undefined,
): Promise<Played> {
  const world = await openSeasonWorld(size);
  try {
    const { agenda, feed, told } = world;
    const changes = troubles.length === 0 ? [] : CLOCK_CHANGES;
    const placed = place(size.seed, feed, troubles, changes, ON_CLOCK_CHANGE);
    putDownNights(world, placed);
    for (const [index, { trouble, day }] of placed.entries()) {
      agenda.at(`${day}T12:00:00.000Z`, async () =>
        onTrouble(`trouble ${index + 1}/${placed.length} ${day} ${trouble.kind}`),
      );
      trouble.begin?.(world, day);
    }
    const begins = agenda.now();
    await agenda.until(`${addDays(feed.lastDay, OFF_SEASON_DAYS)}T12:05:00.000Z`);
    return {
      placed,
      told,
      looks: await looksSince(world, begins),
      passedRuns: await passedRuns(world),
    };
  } finally {
    await world.close();
  }
}

async function looksSince(world: SeasonWorld, begins: string): Promise<Played['looks']> {
  const looked = await world.looks();
  const looks: Record<string, { looked: number; due: number }> = {};
  for (const monitor of world.pipeline.monitors) {
    const pauses = world.page.pauses.filter(({ name }) => name === monitorTrigger(monitor.name));
    const excused = [...pauses, ...world.outage.downs];
    const own = { looked: 0, due: 0 };
    let at = cronerCrons.nextDue(monitor, begins);
    while (at !== null && at < world.agenda.now()) {
      const due = at;
      at = cronerCrons.nextDue(monitor, due);
      if (excused.some(({ from, to }) => from <= due && due < to)) continue;
      own.due += 1;
      if (looked.has(`${monitor.name} ${due}`)) own.looked += 1;
    }
    looks[monitor.name] = own;
  }
  return looks;
}

async function passedRuns({ runs }: SeasonWorld): Promise<number> {
  const all = await runs.list();
  const states = await Promise.all(all.map((run) => runs.state(run)));
  return states.filter((state) => state?.status === 'passed').length;
}
