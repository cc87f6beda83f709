const FIRST = `
  CREATE TABLE definition (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE TABLE run (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT, changed INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE fact (
    run TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL,
    posted INTEGER PRIMARY KEY AUTOINCREMENT, folded INTEGER,
    UNIQUE (run, id)
  ) STRICT;
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, effect TEXT NOT NULL
  ) STRICT;
  CREATE TABLE message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, topic TEXT NOT NULL,
    data TEXT NOT NULL, attempt INTEGER NOT NULL, due_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE dead_letter (
    id TEXT PRIMARY KEY, topic TEXT NOT NULL, data TEXT NOT NULL, reason TEXT NOT NULL
  ) STRICT;
  CREATE TABLE execution (
    launch TEXT PRIMARY KEY, run TEXT NOT NULL, dataset_table TEXT NOT NULL,
    state TEXT NOT NULL, pid INTEGER
  ) STRICT;
  CREATE TABLE told (key TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) STRICT;`;

/** Locks and fences; launches that are not to start any more; when and how often a message died. */
const SECOND = `
  CREATE TABLE lock (
    dataset_table TEXT NOT NULL, launch TEXT NOT NULL, run TEXT NOT NULL, days TEXT NOT NULL,
    PRIMARY KEY (dataset_table, launch)
  ) STRICT;
  CREATE TABLE fence (launch TEXT PRIMARY KEY, execution TEXT NOT NULL) STRICT;
  CREATE TABLE cancelled_launch (launch TEXT PRIMARY KEY) STRICT;
  ALTER TABLE dead_letter ADD COLUMN died_at TEXT;
  ALTER TABLE dead_letter ADD COLUMN deaths INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE message ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX run_by_change ON run (changed);
  CREATE INDEX fact_by_fold ON fact (run, folded);`;

/** Which holding of a lock it is. */
const THIRD = `ALTER TABLE lock ADD COLUMN token TEXT NOT NULL DEFAULT '';`;

/** What monitors saw; which schedules are paused, and when they were called. */
const FOURTH = `
  CREATE TABLE monitor (name TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
  CREATE TABLE schedule (
    name TEXT PRIMARY KEY, known_at TEXT NOT NULL, reason TEXT, until TEXT, attempt_at TEXT, failure TEXT
  ) STRICT;`;

/** Which runs are at rest, as far as a file of before can tell, and a short way to facts that nobody folded. */
const FIFTH = `
  ALTER TABLE run ADD COLUMN at_rest INTEGER NOT NULL DEFAULT 0;
  UPDATE run SET at_rest = 1 WHERE CASE WHEN json_valid(state) THEN
    json_extract(state, '$.status') IN ('passed', 'blocked', 'failed', 'cancelled') END;
  CREATE INDEX run_moving ON run (id) WHERE at_rest = 0;
  CREATE INDEX fact_unfolded ON fact (run) WHERE folded IS NULL;`;

/** Who paused a schedule. */
const SIXTH = `ALTER TABLE schedule ADD COLUMN paused_by TEXT;`;

/** What people were told by a file of before is known by another key, and may be told once more. */
const SEVENTH = `
  DROP TABLE told;
  CREATE TABLE alert (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, record TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX alert_by_age ON alert (at);`;

/** Each brings a state file from the version of its index to the next one; 0 is an empty file. */
export const STEPS: readonly string[] = [FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH];

export const SCHEMA_VERSION = STEPS.length;
