import { addDays, type Day } from '../../shared/core/days.ts';
import type { Placed } from './trouble.ts';
import type { SeasonWorld } from './world.ts';

/** Hours of the next day, UTC, at which the feed is fetched and the backfill is asked for: in New York the small hours. */
const FETCHED = 'T07:00:00.000Z';
const STARTED = 'T10:00:00.000Z';
const LOOKED_BACK_DAYS = 6;
/** On its first days `precompute.form` expects nothing, and a run that asked for it could not pass. */
const BOOTSTRAP_DAYS = 2;

/** Puts down every night of the season: games end, raw data arrive, a backfill of the last days is asked for. */
export function putDownNights(world: SeasonWorld, placed: readonly Placed[]): void {
  const { agenda, feed, pipeline, scraper, start } = world;
  const { firstDay, lastDay, gameDays } = feed;
  const bootstrapped = addDays(
    pipeline.calendar.seasonStarts[0]?.start ?? firstDay,
    BOOTSTRAP_DAYS,
  );
  agenda.in(0, () => scraper.announce({ from: firstDay, to: lastDay }));
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const night = day;
    const next = addDays(night, 1);
    const { fetches, finals } = doneIn(night, placed);
    agenda.at(`${next}${FETCHED}`, async () => {
      if (finals) await scraper.final(night);
      world.gamebook(night);
      if (fetches) await scraper.box(night);
    });
    const from = gameDays.find((each) => each >= addDays(night, -LOOKED_BACK_DAYS));
    if (from === undefined || from > night) continue;
    const isEarly = !gameDays.some((each) => each >= bootstrapped && each <= night);
    const phases = isEarly ? ['analytics'] : [];
    agenda.at(`${next}${STARTED}`, () => start(from, night, phases));
  }
}

function doneIn(night: Day, placed: readonly Placed[]) {
  const done = { fetches: true, finals: true };
  for (const { trouble, day } of placed) {
    if (night < day || night > addDays(day, trouble.takesDays)) continue;
    Object.assign(done, trouble.nights?.(night, day));
  }
  return done;
}
