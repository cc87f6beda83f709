import { type ItemName, ROW_COUNT } from '../../../shared/core/state-item.ts';
import type { Wanted } from './by-hand.ts';

/** A way of writing the whole query by hand: columns `day` and `m0`, `m1`, … in the order of the items. */
export type Form = Readonly<{ name: string; sql: string }>;

export type Asked = Readonly<{
  table: string;
  /** The condition on the days. */
  where: string;
  items: readonly ItemName[];
  /** Of every item but the row count. */
  wanted: ReadonlyMap<ItemName, Wanted>;
}>;

const COUNTS: Readonly<Record<string, (condition: string) => string>> = {
  CASE: (condition) => `count(CASE WHEN ${condition} THEN 1 END)`,
  COUNTIF: (condition) => `count_if(${condition})`,
  SUM: (condition) => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`,
  FILTER: (condition) => `count(*) FILTER (WHERE ${condition})`,
};

/** One level, the same aggregates with each spelling of a count, and with conditions worked out once in a projection. */
export function formsByHand(asked: Asked): readonly Form[] {
  const plain = Object.entries(COUNTS).map(([name, count]) => ({
    name,
    sql: oneLevel(asked, asked.table, (wanted) => written(wanted, count)),
  }));
  return [...plain, { name: 'COUNTIF over a projection', sql: projected(asked) }];
}

function oneLevel(
  { items, where, wanted }: Asked,
  from: string,
  write: (wanted: Wanted) => string,
): string {
  const columns = items.map((item, index) => `${numberOf(item, wanted, write)} AS m${index}`);
  return `SELECT game_date AS day, ${columns.join(', ')} FROM ${from} WHERE ${where} GROUP BY game_date`;
}

function projected(asked: Asked): string {
  const conditions = [
    ...new Set([...asked.wanted.values()].flatMap((each) => ('holds' in each ? [each.holds] : []))),
  ];
  const columns = conditions.map((condition, index) => `${condition} AS c${index}`);
  const from = `(SELECT *, ${columns.join(', ')} FROM ${asked.table})`;
  return oneLevel(asked, from, (wanted) =>
    'holds' in wanted ? `count_if(c${conditions.indexOf(wanted.holds)})` : written(wanted),
  );
}

/**
 * Two levels: first by team-game, where what is asked of the game's own columns is asked once. It wins on the
 * grown table, which has over a thousand rows in a team-game, and not on one of ten rows in each.
 */
export function twoLevels({ table, items, where, wanted }: Asked): Form {
  const inner: string[] = [];
  const outer = items.map((item, index) => {
    const each = wanted.get(item);
    const isOfGame = each !== undefined && 'holds' in each && each.isOfGame === true;
    if (isOfGame) return `sum(CASE WHEN ${each.holds} THEN n ELSE 0 END) AS m${index}`;
    if (each !== undefined && 'ids' in each) {
      if (each.ids !== 'player_lookup') return `${written(each)} AS m${index}`;
      return `array_to_string(list_sort(list_distinct(flatten(list(players)))), chr(10)) AS m${index}`;
    }
    inner.push(`${numberOf(item, wanted, (other) => written(other))} AS c${index}`);
    const again = each !== undefined && 'aggregate' in each ? each.aggregate : 'sum';
    return `${again}(c${index}) AS m${index}`;
  });
  const groups = `SELECT game_date, game_id, team_abbr, count(*) AS n, list(DISTINCT player_lookup) AS players, ${inner.join(', ')} FROM ${table} WHERE ${where} GROUP BY ALL`;
  const sql = `SELECT game_date AS day, ${outer.join(', ')} FROM (${groups}) GROUP BY game_date`;
  return { name: 'two levels, by team-game first', sql };
}

function numberOf(
  item: ItemName,
  wanted: ReadonlyMap<ItemName, Wanted>,
  write: (wanted: Wanted) => string,
): string {
  if (item === ROW_COUNT) return 'count(*)';
  const each = wanted.get(item);
  if (each === undefined) throw new Error(`the fused scan reads ${item}; nobody wrote it by hand`);
  return write(each);
}

function written(wanted: Wanted, count = COUNTS.COUNTIF!): string {
  if ('holds' in wanted) return count(wanted.holds);
  if ('filled' in wanted) return `count(${wanted.filled})`;
  if ('aggregate' in wanted) return `${wanted.aggregate}(${wanted.of})`;
  return `string_agg(DISTINCT ${wanted.ids}, chr(10) ORDER BY ${wanted.ids})`;
}
