import type { Column } from '../../shared/core/column.ts';
import { addDays, type Day } from '../../shared/core/days.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { type CatalogTable, catalogOf } from './catalog.ts';
import type { Holdings } from './recording-warehouse.ts';

const DAYS_OF_A_SEASON = 60;
const DAYS_WITHOUT = { from: 20, to: 40 };

/** Days of the pipeline's first season on which tables hold rows: two spans, and between them days with games that hold none. */
export function daysOf(pipeline: Pipeline): readonly Day[] {
  return daysOfGames(pipeline).filter(
    (_, index) => index < DAYS_WITHOUT.from || index >= DAYS_WITHOUT.to,
  );
}

function daysOfGames({ calendar }: Pipeline): readonly Day[] {
  const [first] = calendar.seasonStarts;
  if (first === undefined) throw new Error('a pipeline without seasons asks nothing');
  return Array.from({ length: DAYS_OF_A_SEASON }, (_, index) => addDays(first.start, index));
}

/** One final game on each day of a season's beginning; every table has rows on those of `daysOf`. */
export function holdingsOf(pipeline: Pipeline): Holdings {
  const days = daysOf(pipeline);
  const [season] = pipeline.calendar.seasonStarts;
  const games = daysOfGames(pipeline).map((day, index) => ({
    id: `game-${index}`,
    day,
    season: season?.season ?? 0,
    type: pipeline.calendar.seasonTypes[0] ?? '',
    home: 'AAA',
    away: 'BBB',
  }));
  const tables = new Map(catalogOf(pipeline).map((table) => [table.name, table]));
  return {
    days,
    columnsOf: (name: string) => columnsOf(tables.get(name)),
    rowsFor: ({ places }) => {
      const isAskedBy = (file: string) => places.some((place) => place.startsWith(`${file}:`));
      if (isAskedBy('shared/shell/read-schedule.ts')) return games;
      if (isAskedBy('shared/shell/load-source.ts')) return [{ day: days[0] ?? null }];
      return [];
    },
  };
}

function columnsOf(table: CatalogTable | undefined): readonly Column[] {
  return (table?.columns ?? []).map((column) => ({ ...column, required: false }));
}
