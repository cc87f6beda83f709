import type { DatabaseSync } from 'node:sqlite';
import { PhasegateError } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import { type Effect, isAtRest, type RunState } from '../../core/run.ts';
import type { RunEvent } from '../../core/run-event.ts';
import { readStateText, writeState } from '../../edge/state-text.ts';
import type { Fact, RunStore } from '../../ports/run-store.ts';
import { knownRuns } from '../known-runs.ts';
import { inTransaction, withoutWaiting } from './sqlite-file.ts';
import { sqliteLocks } from './sqlite-locks.ts';

/** The instant given, and later than every other change: several fall into one millisecond. */
const AFTER_ALL = 'MAX(?, (SELECT COALESCE(MAX(changed), 0) + 1 FROM run))';

/** One statement sees one moment. The text of a state is left out at the version that is known. */
const WHOLE_RUN = `
  SELECT 'run' AS part, version AS n, id, iif(version = :known, NULL, state) AS text, changed
    FROM run WHERE id = :run
  UNION ALL
  SELECT 'fact', posted, id, event, 0 FROM fact WHERE run = :run AND folded IS NULL
  UNION ALL
  SELECT 'promise', seq, '', effect, 0 FROM outbox WHERE run = :run`;

/** As the first part of it. */
const STATE =
  'SELECT version, iif(version = :known, NULL, state) AS text, changed FROM run WHERE id = :run';

/** Each with the number of all; ids are counted in the index. */
const NEWEST = `
  SELECT id, version, state AS text, changed, (SELECT COUNT(changed) FROM run) AS total
    FROM run ORDER BY changed DESC LIMIT ?`;

/** Of two indexes the planner takes the one of all facts. */
const UNFINISHED = `
  SELECT id FROM run WHERE at_rest = 0
  UNION SELECT run FROM fact INDEXED BY fact_unfolded WHERE folded IS NULL
  UNION SELECT run FROM outbox`;

const NEXT_FOLD = '(SELECT COALESCE(MAX(folded), 0) + 1 FROM fact WHERE run = :run)';

type Part = {
  part: 'run' | 'fact' | 'promise';
  n: number;
  id: string;
  text: string | null;
  changed: number;
};
/** No run has this version. */
const NEVER = -1;

type StateRow = { version: number; text: string | null; changed: number };
type NewestRow = StateRow & { id: string; total: number };
type FactRow = { id: string; event: string };

/** Runs in the state file that `openStateFile` opened; several processes may share the file. */
export function sqliteRunStore(db: DatabaseSync): RunStore {
  const keepDefinition = db.prepare('INSERT OR IGNORE INTO definition VALUES (?, ?)');
  const findDefinition = db.prepare('SELECT text FROM definition WHERE hash = ?');
  const createRun = db.prepare(
    `INSERT OR IGNORE INTO run (id, version, changed) VALUES (?, 0, ${AFTER_ALL})`,
  );
  const postFact = db.prepare('INSERT OR IGNORE INTO fact (run, id, event) VALUES (?, ?, ?)');
  const letGo = db.prepare('DELETE FROM lock WHERE dataset_table = ? AND launch = ? AND token = ?');
  const findFact = db.prepare('SELECT 1 FROM fact WHERE run = ? AND id = ?');
  const findAll = db.prepare(WHOLE_RUN);
  const findState = db.prepare(STATE);
  const findFolded = db.prepare(
    'SELECT id, event FROM fact WHERE run = ? AND folded IS NOT NULL ORDER BY folded',
  );
  const advance = db.prepare(
    `UPDATE run SET version = version + 1, state = ?, at_rest = ?, changed = ${AFTER_ALL}
      WHERE id = ? AND version = ?`,
  );
  const fold = db.prepare(
    `UPDATE fact SET folded = ${NEXT_FOLD} WHERE run = :run AND id = :id AND folded IS NULL`,
  );
  const postFolded = db.prepare(
    `INSERT OR IGNORE INTO fact (run, id, event, folded) VALUES (:run, :id, :event, ${NEXT_FOLD})`,
  );
  const promise = db.prepare('INSERT INTO outbox (run, effect) VALUES (?, ?)');
  const settle = db.prepare('DELETE FROM outbox WHERE run = ? AND seq = ?');
  const list = db.prepare('SELECT id FROM run ORDER BY changed DESC');
  const newest = db.prepare(NEWEST);
  const unfinished = db.prepare(UNFINISHED);
  const states = knownRuns<Readonly<{ version: number; state: RunState }>>();
  const asFact = (row: FactRow): Fact => ({ id: row.id, event: JSON.parse(row.event) as RunEvent });
  const read = (run: RunId, version: number, text: string | null, changed: number) => {
    if (text === null) return null;
    const state = readStateText(text, new Date(changed).toISOString());
    states.keep(run, { version, state });
    return state;
  };

  const post = (run: RunId, { id, event }: Fact) => {
    createRun.run(run, Date.now());
    return postFact.run(run, id, JSON.stringify(event)).changes > 0;
  };

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

    post: async (run, fact) => inTransaction(db, () => post(run, fact)),

    async postHolding(run, fact, { table, launch, token }) {
      return inTransaction(db, () => {
        if (findFact.get(run, fact.id) !== undefined) return false;
        if (letGo.run(table, launch, token).changes === 0) {
          throw new PhasegateError('conflict', `${launch} no longer holds ${table}`);
        }
        return post(run, fact);
      });
    },

    async knows(run, factId) {
      return findFact.get(run, factId) !== undefined;
    },

    async state(run) {
      const known = states.of(run);
      const row = findState.get({ run, known: known?.version ?? NEVER }) as StateRow | undefined;
      if (row === undefined) return null;
      const { version, text, changed } = row;
      return known?.version === version ? known.state : read(run, version, text, changed);
    },

    async load(run) {
      const known = states.of(run);
      const parts = findAll.all({ run, known: known?.version ?? NEVER }) as Part[];
      const row = parts.find(({ part }) => part === 'run');
      if (row === undefined) return null;
      const { n: version, text, changed } = row;
      const textsOf = (which: Part['part']) =>
        parts.filter(({ part }) => part === which).sort((a, b) => a.n - b.n);
      return {
        id: run,
        version,
        state: known?.version === version ? known.state : read(run, version, text, changed),
        inbox: textsOf('fact').map(({ id, text }) => asFact({ id, event: text ?? '' })),
        outbox: textsOf('promise').map(({ n: seq, text }) => ({
          seq,
          effect: JSON.parse(text ?? '') as Effect,
        })),
      };
    },

    async commit(run, { expected, state, folded, posted, effects }) {
      const text = writeState(state);
      const promises = inTransaction(db, () => {
        if (
          advance.run(text, Number(isAtRest(state.status)), Date.now(), run, expected).changes === 0
        ) {
          throw new PhasegateError('conflict', `run ${run} is no longer at version ${expected}`);
        }
        for (const id of folded) fold.run({ run, id });
        if (posted !== undefined) {
          const { id, event } = posted;
          if (postFolded.run({ run, id, event: JSON.stringify(event) }).changes === 0) {
            throw new PhasegateError('conflict', `fact ${id} of run ${run} is known`);
          }
        }
        return effects.map((effect) => {
          const { lastInsertRowid } = promise.run(run, JSON.stringify(effect));
          return { seq: Number(lastInsertRowid), effect };
        });
      });
      states.keep(run, { version: expected + 1, state });
      return promises;
    },

    async settle(run, seq) {
      withoutWaiting(db, () => settle.run(run, seq));
    },

    async facts(run) {
      return (findFolded.all(run) as FactRow[]).map(asFact);
    },

    async list() {
      return (list.all() as { id: string }[]).map(({ id }) => id as RunId);
    },

    async newest(limit) {
      const rows = newest.all(limit) as NewestRow[];
      const found = rows.map(({ id, version, text, changed }) => {
        const known = states.of(id as RunId);
        return known?.version === version ? known.state : read(id as RunId, version, text, changed);
      });
      const runs = found.filter((state) => state !== null);
      return { runs, older: (rows[0]?.total ?? 0) - rows.length };
    },

    async unfinished() {
      return (unfinished.all() as { id: string }[]).map(({ id }) => id as RunId);
    },
  };
}
