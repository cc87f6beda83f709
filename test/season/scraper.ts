import type { DaySpan } from '../../shared/core/day-set.ts';
import type { Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { relationNamed } from '../../shared/core/relation.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';

const WITHIN = 'game_date BETWEEN @from AND @to';
const SCHEDULE = (status: number) =>
  `SELECT game_id, game_date, season_year, season_type, ${status} AS game_status, home, away FROM \`feed.schedule\` WHERE ${WITHIN}`;
const BOX = `SELECT game_id, game_date, team, points FROM \`feed.box\` WHERE ${WITHIN}`;

export type Scraper = ReturnType<typeof openScraper>;

/** Fetches what the feed knows into the raw tables, as it should or not quite. */
export function openScraper(warehouse: Warehouse, pipeline: Pipeline, season: DaySpan) {
  let count = 0;
  const finals = new Set<Day>();
  const calledOff = new Set<Day>();

  /** Makes the days of a table what the SELECT says, as anyone may who has the right to. */
  const replace = async (name: string, { from, to }: DaySpan, select: string) => {
    const relation = relationNamed(pipeline, parseTableName(name));
    if (relation === undefined) throw new Error(`no relation ${name}`);
    const { key, dayColumn, columns } = relation;
    const sql = replaceStatement({ table: name, columns, key, dayColumn, select });
    count += 1;
    const params = {
      from: { type: 'DATE', value: from },
      to: { type: 'DATE', value: to },
    } as const;
    await warehouse.write({ sql, params }, { jobId: `outside-${count}` });
  };
  const on = (day: Day): DaySpan => ({ from: day, to: day });

  const schedule = (day: Day) => {
    const status = finals.has(day) ? 3 : calledOff.has(day) ? 4 : 1;
    return replace('raw.schedule', on(day), SCHEDULE(status));
  };

  return {
    replace,
    /** The schedule before anybody played: status 1. */
    announce: (span: DaySpan) => replace('raw.schedule', span, SCHEDULE(1)),
    async final(day: Day) {
      finals.add(day);
      await schedule(day);
    },
    async callOff(day: Day) {
      calledOff.add(day);
      await schedule(day);
    },
    emptySchedule: () => replace('raw.schedule', season, `${SCHEDULE(1)} AND FALSE`),
    async refillSchedule() {
      await replace('raw.schedule', season, SCHEDULE(1));
      for (const day of [...finals, ...calledOff]) await schedule(day);
    },
    box: (day: Day, where = 'TRUE') => replace('raw.box', on(day), `${BOX} AND ${where}`),
    /** A second copy of each row of the day, as a scraper leaves it that ran twice. */
    async twice(day: Day) {
      const params = {
        from: { type: 'DATE', value: day },
        to: { type: 'DATE', value: day },
      } as const;
      const { rows } = await warehouse.query({ sql: BOX, params });
      count += 1;
      await warehouse.append(parseTableName('raw.box'), rows, { jobId: `outside-${count}` });
    },
    empty: (name: string, day: Day) =>
      replace(name, on(day), `SELECT * FROM \`${name}\` WHERE ${WITHIN} AND FALSE`),
  };
}
