import type { DuckDBConnection } from '@duckdb/node-api';
import type { Relation } from '../../../shared/core/relation.ts';

/** The table whose checks are measured. */
export const GROWN = 'nba_analytics.player_game_summary';

const DUPLICATED_DAYS = 3;

/**
 * A row keeps its game, team and player, and each copy has a full name of its own: so a day has as many
 * games and players as it really has, and its rows are unique by a key that has the full name for the player.
 */
export function grownRelation(relation: Relation): Relation {
  const key = relation.key.map((column) =>
    column === 'player_lookup' ? 'player_full_name' : column,
  );
  const checks = relation.checks.map((check) =>
    check.kind === 'unique' ? { ...check, columns: key } : check,
  );
  return { ...relation, key, checks };
}

/**
 * Multiplies the rows of the table to `rows` or a little more, the same share on each day, repeats one row on
 * three days, and forgets what was ever read. What it is compared with stays as it is, so checks
 * across tables fail; only their reading is measured.
 *
 * @returns rows there are then
 */
export async function growTable(connection: DuckDBConnection, rows: number): Promise<number> {
  const before = await countOf(connection);
  const copies = Math.ceil(rows / before);
  await connection.run(`CREATE TEMP TABLE original AS FROM ${GROWN}`);
  await connection.run(`DELETE FROM ${GROWN}`);
  await connection.run(
    `INSERT INTO ${GROWN}
     SELECT original.* REPLACE (player_full_name || ' ' || copy AS player_full_name)
     FROM original, range(${copies}) AS copies(copy)`,
  );
  await connection.run(
    `INSERT INTO ${GROWN}
     FROM ${GROWN} QUALIFY row_number() OVER (PARTITION BY game_date ORDER BY player_full_name) = 1
     ORDER BY game_date LIMIT ${DUPLICATED_DAYS}`,
  );
  await connection.run('DELETE FROM phasegate.profiles');
  return countOf(connection);
}

async function countOf(connection: DuckDBConnection): Promise<number> {
  const found = await connection.runAndReadAll(`SELECT count(*) FROM ${GROWN}`);
  return Number(found.getRows()[0]?.[0] ?? 0);
}
