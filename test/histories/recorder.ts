import { DatabaseSync } from 'node:sqlite';
import type { Fact } from '../../shared/ports/run-store.ts';
import type { RecordedCommit } from './history.ts';

/** Whatever code writes the state file: each commit leaves its state and the facts it folded. */
const TRIGGERS = `
  CREATE TABLE recorded_state (version INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;
  CREATE TABLE recorded_fact (seq INTEGER PRIMARY KEY, version INTEGER NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE TRIGGER record_state AFTER UPDATE OF state ON run BEGIN
    INSERT INTO recorded_state VALUES (new.version, new.state);
  END;
  CREATE TRIGGER record_folded AFTER UPDATE OF folded ON fact BEGIN
    INSERT INTO recorded_fact (version, id, event) SELECT version, new.id, new.event FROM run WHERE run.id = new.run;
  END;
  CREATE TRIGGER record_posted AFTER INSERT ON fact WHEN new.folded IS NOT NULL BEGIN
    INSERT INTO recorded_fact (version, id, event) SELECT version, new.id, new.event FROM run WHERE run.id = new.run;
  END;`;

/** Keeps, in the state file of a world itself, what every commit of its only run did. */
export function recordInto(stateFile: string): void {
  withFile(stateFile, (db) => db.exec(TRIGGERS));
}

/** @param privately what to write instead of texts that name this machine */
export function recordedIn(
  stateFile: string,
  privately: (text: string) => string,
): readonly RecordedCommit[] {
  return withFile(stateFile, (db) => {
    const states = db.prepare('SELECT version, state FROM recorded_state ORDER BY version').all();
    const facts = db.prepare('SELECT id, event FROM recorded_fact WHERE version = ? ORDER BY seq');
    return (states as { version: number; state: string }[]).map(({ version, state }) => ({
      facts: (facts.all(version) as { id: string; event: string }[]).map(
        ({ id, event }) => ({ id, event: JSON.parse(privately(event)) }) as Fact,
      ),
      state: privately(state),
    }));
  });
}

function withFile<Result>(file: string, use: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA busy_timeout = 10000');
    return use(db);
  } finally {
    db.close();
  }
}
