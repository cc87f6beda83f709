import { addDays } from '../../core/days.ts';
import { seasonsBegun } from '../../core/monitor/season-range.ts';
import type { Definition } from '../../core/pipeline.ts';
import type { Instant } from '../../core/run.ts';
import { dayAt } from '../../core/time-zone.ts';
import type { SeasonGrid } from '../../core/view/season-grid.ts';
import type { SeasonLook } from '../../page/season-look.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { readGrid } from '../../shell/read-grid.ts';
import { type Cache, cached } from './cached.ts';
import { reading } from './reading.ts';

const KEPT_MS = 60_000;

type Place = Readonly<{
  warehouse: Warehouse;
  now: () => Instant;
  definitionNow: () => Definition;
}>;

/** Every season that has begun as it was read in the last minute, newest first. What could not be read of one takes nothing from the others. */
export async function seasonsOf(place: Place): Promise<readonly SeasonLook[]> {
  const { warehouse, now, definitionNow } = place;
  const { pipeline, hash } = definitionNow();
  const yesterday = addDays(dayAt(now(), pipeline.timeZone), -1);
  const cache = cacheOf(place);
  const looks = seasonsBegun(pipeline.calendar, yesterday).map(async (range) => {
    const key = `${hash}/${range.season}/${range.to}`;
    const read = () => readGrid(warehouse, pipeline, range, now());
    return { range, read: await reading(() => cache(key, read)) };
  });
  return (await Promise.all(looks)).toReversed();
}

/** All views over one warehouse share what was read of it. */
const caches = new WeakMap<Warehouse, Cache<SeasonGrid>>();

function cacheOf({ warehouse, now }: Place): Cache<SeasonGrid> {
  const known = caches.get(warehouse) ?? cached<SeasonGrid>(now, KEPT_MS);
  caches.set(warehouse, known);
  return known;
}
