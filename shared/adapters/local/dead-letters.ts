import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetter } from '../../core/dead-letter.ts';
import { PhasegateError } from '../../core/errors.ts';
import { isWorld } from './open-runs.ts';
import { inTransaction, openStateFile } from './sqlite-file.ts';

/** A message as the bus holds it. */
export type BuriedMessage = Readonly<{ seq: number; id: string; topic: string; data: string }>;

export type DeadLetters = Readonly<{
  /** The one that died last comes last. */
  list(): readonly DeadLetter[];
  /** Moves a message from the bus to the dead letters. */
  bury(message: BuriedMessage, reason: string): DeadLetter;
  /**
   * Moves letters back to the bus, all or none: the same bodies under the same message ids, so that what
   * they started before does not start twice. One that dies again comes back with its new reason.
   *
   * @throws PhasegateError `invalid-input` naming an id of which there is no letter
   */
  replay(ids: readonly string[]): void;
}>;

type LetterRow = Omit<DeadLetter, 'diedAt'> & { died_at: string | null };

/** The dead letters of a state file; several processes may share the file. */
export function deadLetters(db: DatabaseSync): DeadLetters {
  const insert = db.prepare(
    `INSERT OR REPLACE INTO dead_letter (id, topic, data, reason, died_at, deaths)
     VALUES (:id, :topic, :data, :reason, :at, (SELECT deaths + 1 FROM message WHERE seq = :seq))`,
  );
  const send = db.prepare(
    `INSERT INTO message (id, topic, data, attempt, due_ms, deaths)
     SELECT id, topic, data, 0, :now, deaths FROM dead_letter WHERE id = :id`,
  );
  const find = db.prepare('SELECT * FROM dead_letter WHERE id = ?');
  const all = db.prepare('SELECT * FROM dead_letter ORDER BY died_at, id');
  const forget = db.prepare('DELETE FROM dead_letter WHERE id = ?');
  const remove = db.prepare('DELETE FROM message WHERE seq = ?');
  const asLetter = ({ died_at: diedAt, ...letter }: LetterRow): DeadLetter => ({
    ...letter,
    diedAt,
  });

  return {
    list: () => (all.all() as LetterRow[]).map(asLetter),

    bury({ seq, id, topic, data }, reason) {
      const at = new Date().toISOString();
      return inTransaction(db, () => {
        insert.run({ id, topic, data, reason, at, seq });
        remove.run(seq);
        return asLetter(find.get(id) as LetterRow);
      });
    },

    replay(ids) {
      inTransaction(db, () => {
        for (const id of new Set(ids)) {
          const { changes } = send.run({ id, now: Date.now() });
          if (changes === 0) throw new PhasegateError('invalid-input', `no dead letter ${id}`);
          forget.run(id);
        }
      });
    },
  };
}

/** The dead letters of a world, whoever owns it. Null where there is no world. */
export function openDeadLetters(
  directory: string,
): Readonly<{ letters: DeadLetters; close(): void }> | null {
  if (!isWorld(directory)) return null;
  const db = openStateFile(join(directory, 'state.db'));
  return { letters: deadLetters(db), close: () => db.close() };
}
