import type { DuckDBConnection } from '@duckdb/node-api';
import { openDatabase } from '../../../shared/adapters/local/bigquery/database.ts';
import { describeQuery } from '../../../shared/adapters/local/bigquery/run-query.ts';
import { parseStatement } from '../../../shared/adapters/local/bigquery/translate/translate.ts';
import type { DaySet } from '../../../shared/core/day-set.ts';
import type { Relation } from '../../../shared/core/relation.ts';
import { itemName } from '../../../shared/core/state-item.ts';
import type { Statement } from '../../../shared/ports/warehouse.ts';
import type { Scan } from '../../../shared/sql/scan.ts';
import type { Figures } from '../figures.ts';
import { wantedByHand } from './by-hand.ts';
import { type Form, formsByHand, twoLevels } from './forms-by-hand.ts';
import { isSameValue } from './same-value.ts';
import { fastest, ratioOf, sideBySide } from './side-by-side.ts';

export type OwnScans = Readonly<{
  relation: Relation;
  days: DaySet;
  profile: Scan;
  groups: Scan;
}>;

type Numbers = readonly (readonly [column: string, value: unknown])[];

const CHOOSING_ROUNDS = 3;
const MAX_RATIO = 1.15;

type Comparing = Readonly<{
  connection: DuckDBConnection;
  scans: OwnScans;
  /** The condition on the days, as a person writes it. */
  where: string;
  rounds: number;
  atMost: number | null;
  figures: Figures;
}>;

/**
 * What the engine does with the text that the local server gives it, against the fastest of some texts by hand for
 * the same numbers; against the one that lives on the copies too, without a bound.
 */
export async function engineAlone(
  file: string,
  scans: OwnScans,
  rounds: number,
  isBounded: boolean,
  figures: Figures,
): Promise<void> {
  const atMost = isBounded ? MAX_RATIO : null;
  const where = spansText(scans.relation.dayColumn, scans.days);
  const database = await openDatabase(file);
  try {
    await database.read(async (connection) => {
      const comparing = { connection, scans, where, rounds, atMost, figures };
      await compareFused(comparing);
      await compareUniqueness(comparing);
    });
  } finally {
    await database.close();
  }
}

async function compareFused(comparing: Comparing): Promise<void> {
  const { connection, scans, where, rounds, atMost, figures } = comparing;
  const { relation, days, profile } = scans;
  const items = profile.items.map(itemName);
  const wanted = wantedByHand(relation, profile.items);
  const asked = { table: relation.name, where, items, wanted };
  const fused = await duckText(connection, profile.statement(relation, profile.items, days));
  const levels = twoLevels(asked);
  const best = await bestOf(connection, fused, formsByHand(asked), levels);
  const [ours, byHand, byLevels] = await timed(connection, rounds, [fused, best.sql, levels.sql]);
  if (ours === undefined || byHand === undefined || byLevels === undefined) {
    throw new Error('nothing was timed');
  }
  figures.add('engine: fused scan', ours.seconds, 's', { note: `${items.length} numbers a day` });
  figures.add(`engine: best by hand (${best.name})`, byHand.seconds, 's');
  const { ratio, note } = ratioOf(ours, byHand);
  figures.add('engine: fused scan / best by hand', ratio, 'x', { atMost, note });
  figures.add(`engine: fused scan / ${levels.name}`, ratioOf(ours, byLevels).ratio, 'x', {
    note: 'no bound: it lives on the copies, over a thousand rows in a team-game',
  });
}

async function compareUniqueness(comparing: Comparing): Promise<void> {
  const { connection, scans, where, rounds, atMost, figures } = comparing;
  const { relation, days, groups } = scans;
  const unique = groups.items.filter(({ kind }) => kind === 'unique');
  const own = await duckText(connection, groups.statement(relation, unique, days));
  const key = relation.key.filter((column) => column !== relation.dayColumn);
  const other = await bestOf(connection, own, uniqueByHand(relation, key, where), null);
  const [ours, byHand] = await timed(connection, rounds, [own, other.sql]);
  if (ours === undefined || byHand === undefined) throw new Error('nothing was timed');
  const { ratio, note } = ratioOf(ours, byHand);
  figures.add('engine: uniqueness', ours.seconds, 's');
  figures.add(`engine: uniqueness / ${other.name}`, ratio, 'x', { atMost, note });
}

/** Surplus rows of each day that has some, in columns `day` and `v0`. */
function uniqueByHand({ name, dayColumn: day }: Relation, key: readonly string[], where: string) {
  const isWhole = key.map((column) => `${column} IS NOT NULL`).join(' AND ');
  const rows = `FROM ${name} WHERE ${where}`;
  const distinct = `count(DISTINCT CASE WHEN ${isWhole} THEN (${key.join(', ')}) END)`;
  const levels = `SELECT ${day}, count(*) AS n, ${isWhole} AS whole ${rows} GROUP BY ${day}, ${key.join(', ')}`;
  return [
    {
      name: 'COUNT(DISTINCT)',
      sql: `SELECT ${day} AS day, count(*) - ${distinct} AS v0 ${rows} GROUP BY ${day} HAVING v0 > 0`,
    },
    {
      name: 'two-level GROUP BY',
      sql: `SELECT ${day} AS day, sum(n) - count_if(whole) AS v0 FROM (${levels}) GROUP BY ${day} HAVING v0 > 0`,
    },
  ];
}

/**
 * The fastest of some texts by the clock, as medians of three rounds, after each has given the numbers that ours gives.
 *
 * @param aside is held to the same numbers and never chosen
 * @throws Error when one gives others
 */
async function bestOf(
  connection: DuckDBConnection,
  ours: string,
  forms: readonly Form[],
  aside: Form | null,
): Promise<Form> {
  const expected = await numbersOf(connection, ours);
  if (expected.length === 0) throw new Error('our own query found nothing to compare');
  for (const { name, sql } of aside === null ? forms : [...forms, aside]) {
    if (!areSame(expected, await numbersOf(connection, sql))) {
      throw new Error(`the query by hand (${name}) gives other numbers than the fused scan`);
    }
  }
  const texts = forms.map(({ sql }) => sql);
  const all = await timed(connection, CHOOSING_ROUNDS, texts);
  return fastest(forms, all);
}

function timed(connection: DuckDBConnection, rounds: number, texts: readonly string[]) {
  return sideBySide(
    rounds,
    texts.map((sql) => () => connection.runAndReadAll(sql)),
  );
}

/** What stands in columns `day`, `m0`, … or `v0`, by day. */
async function numbersOf(connection: DuckDBConnection, sql: string): Promise<readonly Numbers[]> {
  const rows = (await connection.runAndReadAll(sql)).getRowObjects();
  const numbers = rows.map((row) =>
    Object.entries(row).filter(([column]) => /^(day|m\d+|v0)$/.test(column)),
  );
  return numbers.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}

function areSame(some: readonly Numbers[], others: readonly Numbers[]): boolean {
  return (
    some.length === others.length &&
    some.every((numbers, day) =>
      numbers.every(([column, value], index) => {
        const [otherColumn, other] = others[day]?.[index] ?? [];
        return column === otherColumn && isSameValue(value, other);
      }),
    )
  );
}

async function duckText(connection: DuckDBConnection, { sql, params }: Statement) {
  const parameters = Object.entries(params).map(([name, { type, value }]) => ({
    name,
    parameterType: { type },
    parameterValue: { value },
  }));
  return (await describeQuery(connection, new Map(), parseStatement(sql), parameters, 'local')).sql;
}

function spansText(column: string, days: DaySet): string {
  const spans = days.map(({ from, to }) => `${column} BETWEEN DATE '${from}' AND DATE '${to}'`);
  return `(${spans.join(' OR ')})`;
}

/** The two statements that read a relation's own rows. */
export function ownScans(relation: Relation, days: DaySet, scans: readonly Scan[]): OwnScans {
  const named = (wanted: string) => {
    const scan = scans.find(({ name }) => name === wanted);
    if (scan === undefined) throw new Error(`${relation.name} has no scan of ${wanted}`);
    return scan;
  };
  return { relation, days, profile: named('profile'), groups: named('groups') };
}
