import { addDays } from '../../core/days.ts';
import { type SeasonRange, seasonsBegun } from '../../core/monitor/season-range.ts';
import type { Definition } from '../../core/pipeline.ts';
import type { Instant } from '../../core/run.ts';
import { dayAt } from '../../core/time-zone.ts';
import type { SeasonGrid } from '../../core/view/season-grid.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { readGrid } from '../../shell/read-grid.ts';
import { type Cache, cached } from './cached.ts';

const KEPT_MS = 60_000;

type Place = Readonly<{
  warehouse: Warehouse;
  now: () => Instant;
  definitionNow: () => Definition;
}>;

/** One season as it was read in the last minute, or why it could not be. */
export type SeasonLook =
  | Readonly<{ range: SeasonRange; grid: SeasonGrid }>
  | Readonly<{ range: SeasonRange; trouble: string }>;

/** Every season that has begun, newest first. What could not be read of one takes nothing from the others. */
export async function seasonsOf(place: Place): Promise<readonly SeasonLook[]> {
  const { warehouse, now, definitionNow } = place;
  const { pipeline, hash } = definitionNow();
  const yesterday = addDays(dayAt(now(), pipeline.timeZone), -1);
  const cache = cacheOf(place);
  const looks = seasonsBegun(pipeline.calendar, yesterday).map(
    async (range): Promise<SeasonLook> => {
      try {
        const key = `${hash}/${range.season}/${range.to}`;
        const grid = await cache(key, () => readGrid(warehouse, pipeline, range, now()));
        return { range, grid };
      } catch (error) {
        return { range, trouble: error instanceof Error ? error.message : String(error) };
      }
    },
  );
  return (await Promise.all(looks)).toReversed();
}

/** All views over one warehouse share what was read of it. */
const caches = new WeakMap<Warehouse, Cache<SeasonGrid>>();

function cacheOf({ warehouse, now }: Place): Cache<SeasonGrid> {
  const known = caches.get(warehouse) ?? cached<SeasonGrid>(now, KEPT_MS);
  caches.set(warehouse, known);
  return known;
}
