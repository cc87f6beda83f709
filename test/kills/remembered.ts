import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What must be empty in the state file of a world whose runs have all ended well. */
const OPEN: readonly (readonly [string, string])[] = [
  ['dead letters', 'SELECT reason AS what FROM dead_letter'],
  ['facts not folded', 'SELECT id AS what FROM fact WHERE folded IS NULL'],
  ['promises not kept', 'SELECT effect AS what FROM outbox'],
  ['executions without an end', "SELECT launch AS what FROM execution WHERE state = 'running'"],
  ['locks held', 'SELECT launch AS what FROM lock'],
  [
    'runs that have not passed',
    "SELECT id || ' ' || COALESCE(json_extract(state, '$.status'), 'unborn') AS what FROM run WHERE COALESCE(json_extract(state, '$.status'), '') <> 'passed'",
  ],
];

/** What is still open in a world in which nothing should be. */
export function openIn(directory: string): readonly string[] {
  const db = new DatabaseSync(join(directory, 'state.db'), { readOnly: true });
  try {
    const damage = Object.values(db.prepare('PRAGMA integrity_check').get() ?? {})[0];
    const open = OPEN.flatMap(([what, sql]) => {
      const rows = db.prepare(sql).all() as { what: string }[];
      return rows.length === 0 ? [] : [`${what}: ${rows.map((row) => row.what).join(', ')}`];
    });
    return damage === 'ok' ? open : [...open, `the state file is damaged: ${damage}`];
  } finally {
    db.close();
  }
}

/** How many runs the world knows. */
export function runsIn(directory: string): number {
  const db = new DatabaseSync(join(directory, 'state.db'), { readOnly: true });
  try {
    return Number(Object.values(db.prepare('SELECT COUNT(*) FROM run').get() ?? {})[0]);
  } finally {
    db.close();
  }
}
