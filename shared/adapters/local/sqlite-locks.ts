import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { type DaySet, intersect, isEmpty } from '../../core/day-set.ts';
import type { LaunchId, RunId, TableName } from '../../core/ids.ts';
import type { Lock, RunStore } from '../../ports/run-store.ts';
import { inTransaction } from './sqlite-file.ts';

type LockRow = { dataset_table: string; launch: string; run: string; days: string };

/** Locks and fences in the state file; several processes may race for them. */
export function sqliteLocks(
  db: DatabaseSync,
): Pick<RunStore, 'lock' | 'holding' | 'unlock' | 'locks' | 'claim'> {
  const findOthers = db.prepare(
    'SELECT * FROM lock WHERE dataset_table = ? AND launch <> ? ORDER BY launch',
  );
  const hold = db.prepare(
    `INSERT INTO lock (dataset_table, launch, run, days, token) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET run = excluded.run, days = excluded.days`,
  );
  const findToken = db.prepare('SELECT token FROM lock WHERE dataset_table = ? AND launch = ?');
  const letGo = db.prepare('DELETE FROM lock WHERE dataset_table = ? AND launch = ?');
  const findAll = db.prepare('SELECT * FROM lock ORDER BY dataset_table, launch');
  const findClaim = db.prepare('SELECT execution FROM fence WHERE launch = ?');
  const claim = db.prepare('INSERT OR IGNORE INTO fence VALUES (?, ?)');

  return {
    async lock({ table, launch, run, days }, writers) {
      return inTransaction(db, () => {
        const others = (findOthers.all(table, launch) as LockRow[]).map(asLock);
        const overlapping = others.find((other) => !isEmpty(intersect(other.days, days)));
        const inTheWay = overlapping ?? (others.length >= writers ? others[0] : undefined);
        if (inTheWay !== undefined) return inTheWay;
        hold.run(table, launch, run, JSON.stringify(days), randomUUID());
        return null;
      });
    },

    async holding(table, launch) {
      const found = findToken.get(table, launch) as { token: string } | undefined;
      return found === undefined ? null : { table, launch, token: found.token };
    },

    async unlock(table, launch) {
      letGo.run(table, launch);
    },

    async locks() {
      return (findAll.all() as LockRow[]).map(asLock);
    },

    async claim(launch, execution) {
      if (findClaim.get(launch) === undefined) claim.run(launch, execution);
      return (findClaim.get(launch) as { execution: string }).execution;
    },
  };
}

function asLock({ dataset_table: table, launch, run, days }: LockRow): Lock {
  return {
    table: table as TableName,
    launch: launch as LaunchId,
    run: run as RunId,
    days: JSON.parse(days) as DaySet,
  };
}
