import type { DatabaseSync } from 'node:sqlite';
import { PhasegateError } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import type { Effect } from '../../core/run.ts';
import type { RunEvent } from '../../core/run-event.ts';
import { writeState } from '../../edge/state-text.ts';
import type { Fact, RunStore } from '../../ports/run-store.ts';
import { inSnapshot, inTransaction } from './sqlite-file.ts';
import { sqliteLocks } from './sqlite-locks.ts';
import { stateTexts } from './state-texts.ts';

/** The instant given, and later than every other change: several fall into one millisecond. */
const AFTER_ALL = 'MAX(?, (SELECT COALESCE(MAX(changed), 0) + 1 FROM run))';

type RunRow = { version: number; state: string | null; changed: number };
type FactRow = { id: string; event: string };

/** Runs in the state file that `openStateFile` opened; several processes may share the file. */
export function sqliteRunStore(db: DatabaseSync): RunStore {
  const keepDefinition = db.prepare('INSERT OR IGNORE INTO definition VALUES (?, ?)');
  const findDefinition = db.prepare('SELECT text FROM definition WHERE hash = ?');
  const createRun = db.prepare(`INSERT OR IGNORE INTO run VALUES (?, 0, NULL, ${AFTER_ALL})`);
  const postFact = db.prepare('INSERT OR IGNORE INTO fact (run, id, event) VALUES (?, ?, ?)');
  const findFact = db.prepare('SELECT 1 FROM fact WHERE run = ? AND id = ?');
  const findRun = db.prepare('SELECT version, state, changed FROM run WHERE id = ?');
  const findInbox = db.prepare(
    'SELECT id, event FROM fact WHERE run = ? AND folded IS NULL ORDER BY posted',
  );
  const findFolded = db.prepare(
    'SELECT id, event FROM fact WHERE run = ? AND folded IS NOT NULL ORDER BY folded',
  );
  const findOutbox = db.prepare('SELECT seq, effect FROM outbox WHERE run = ? ORDER BY seq');
  const advance = db.prepare(
    `UPDATE run SET version = version + 1, state = ?, changed = ${AFTER_ALL} WHERE id = ? AND version = ?`,
  );
  const fold = db.prepare(
    `UPDATE fact SET folded = (SELECT COALESCE(MAX(folded), 0) + 1 FROM fact WHERE run = :run)
     WHERE run = :run AND id = :id AND folded IS NULL`,
  );
  const promise = db.prepare('INSERT INTO outbox (run, effect) VALUES (?, ?)');
  const settle = db.prepare('DELETE FROM outbox WHERE run = ? AND seq = ?');
  const list = db.prepare('SELECT id FROM run ORDER BY changed DESC');
  const texts = stateTexts();
  const asFact = (row: FactRow): Fact => ({ id: row.id, event: JSON.parse(row.event) as RunEvent });

  return {
    ...sqliteLocks(db),

    async saveDefinition(hash, text) {
      keepDefinition.run(hash, text);
    },

    async loadDefinition(hash) {
      const row = findDefinition.get(hash) as { text: string } | undefined;
      if (row === undefined) throw new PhasegateError('not-found', `no definition ${hash} is kept`);
      return row.text;
    },

    async post(run, { id, event }) {
      return inTransaction(db, () => {
        createRun.run(run, Date.now());
        return postFact.run(run, id, JSON.stringify(event)).changes > 0;
      });
    },

    async knows(run, factId) {
      return findFact.get(run, factId) !== undefined;
    },

    async load(run) {
      return inSnapshot(db, () => {
        const row = findRun.get(run) as RunRow | undefined;
        if (row === undefined) return null;
        const outbox = findOutbox.all(run) as { seq: number; effect: string }[];
        return {
          id: run,
          version: row.version,
          state: row.state === null ? null : texts.read(run, row.state, row.changed),
          inbox: (findInbox.all(run) as FactRow[]).map(asFact),
          outbox: outbox.map(({ seq, effect }) => ({ seq, effect: JSON.parse(effect) as Effect })),
        };
      });
    },

    async commit(run, { expected, state, folded, posted, effects }) {
      const text = writeState(state);
      const promises = inTransaction(db, () => {
        if (advance.run(text, Date.now(), run, expected).changes === 0) {
          throw new PhasegateError('conflict', `run ${run} is no longer at version ${expected}`);
        }
        for (const id of folded) fold.run({ run, id });
        if (posted !== undefined) {
          const { id, event } = posted;
          if (postFact.run(run, id, JSON.stringify(event)).changes === 0) {
            throw new PhasegateError('conflict', `fact ${id} of run ${run} is known`);
          }
          fold.run({ run, id });
        }
        return effects.map((effect) => {
          const { lastInsertRowid } = promise.run(run, JSON.stringify(effect));
          return { seq: Number(lastInsertRowid), effect };
        });
      });
      texts.keep(run, text, state);
      return promises;
    },

    async settle(run, seq) {
      settle.run(run, seq);
    },

    async facts(run) {
      return (findFolded.all(run) as FactRow[]).map(asFact);
    },

    async list() {
      return (list.all() as { id: string }[]).map(({ id }) => id as RunId);
    },
  };
}
