import { hasDay } from '../../core/day-set.ts';
import { type Day, parseDay } from '../../core/days.ts';
import type { TableName } from '../../core/ids.ts';
import { namesOf } from '../../core/relation.ts';
import { dayAt } from '../../core/time-zone.ts';
import { gatesOf } from '../../page/bad-ranges.ts';
import { type OpenTrouble, openTroubles } from '../../page/open-troubles.ts';
import { tablePage } from '../../page/table-view.ts';
import type { PagePlace, PageRoute } from './page-route.ts';
import { reading } from './reading.ts';
import { seasonsOf } from './seasons-of-place.ts';

const LOOKED_AT = 50;

export const TABLE_ROUTE: PageRoute = {
  path: /^\/tables\/([^/]+)$/,
  async page(place, [asked = ''], query) {
    const { runs, now, definitionNow, world } = place;
    const { pipeline } = definitionNow();
    const name = namesOf(pipeline).find((each) => each === asked);
    if (name === undefined) return null;
    const wanted = query.get('day');
    const day = wanted === null ? null : parseDay(wanted);
    const [seasons, judged, troubles] = await Promise.all([
      seasonsOf(place),
      reading(async () => gatesOf((await runs.newest(LOOKED_AT)).runs, name)),
      reading(() => troublesOf(place, name, day)),
    ]);
    const today = dayAt(now(), pipeline.timeZone);
    return tablePage({ name, pipeline, today, day, seasons, judged, troubles, world });
  },
};

/** What is open and names the table, on the day where one is asked for. */
async function troublesOf(
  { monitors, definitionNow }: PagePlace,
  name: TableName,
  day: Day | null,
): Promise<readonly OpenTrouble[]> {
  const watching = await Promise.all(
    definitionNow().pipeline.monitors.map(async ({ name: monitor }) => ({
      monitor,
      state: (await monitors.load(monitor)).state,
    })),
  );
  return openTroubles(watching).filter(({ finding: { cause, title, details, days } }) => {
    const isOfTable = [cause, title, ...details].some((text) => text.includes(name));
    return isOfTable && (day === null || hasDay(days, day));
  });
}
