import type { DocumentSnapshot, Timestamp } from '@google-cloud/firestore';
import { PhasegateError } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import type { Effect, RunState } from '../../core/run.ts';
import { readStateText, writeState } from '../../edge/state-text.ts';
import type { Commit, Promised, RunStore, StoredRun } from '../../ports/run-store.ts';
import { asOne, inTurn } from '../../shell/in-turn.ts';
import { knownRuns } from '../known-runs.ts';
import { answered, create, read, remove, write } from './firestore-calls.ts';
import { type FirestoreClient, serverTime } from './firestore-client.ts';
import {
  definitionDocument,
  fieldsOf,
  pathOf,
  promiseDocument,
  runDocument,
  type Standing,
} from './firestore-documents.ts';
import { factFields, firestoreFacts, inboxOf } from './firestore-facts.ts';
import { firestoreLocks } from './firestore-locks.ts';
import { firestoreUnfinished, type Rest, standingOf } from './firestore-unfinished.ts';

/** More than one commit can write: numbers of one commit are below those of the next. */
const NUMBERS_OF_A_COMMIT = 100_000;

/** A run's document as it was last seen; `at` changes with every write to it. */
type Seen = Readonly<{
  version: number;
  state: RunState | null;
  standing: Standing | undefined;
  at: Timestamp;
}>;

/**
 * Runs in Firestore, shared by every instance:
 *
 * - `definitions/{hash}`: `text`
 * - `runs/{run}`: `version`, `state` (text), `changed`; written by commits alone. `standing`: whether the run is looked
 *   after; written by the first fact that comes to a run at rest too, and when it is over
 * - `runs/{run}/facts/{id}`: `id`, `event` (JSON), `posted`, `folded` (null, or its place); for ever
 * - `runs/{run}/outbox/{seq}`: `seq`, `effect` (JSON)
 * - `locks/{table}`: `held`, the launches that hold days of this table
 * - `leases/{launch}`: `execution`
 *
 * The collection group `facts` needs one composite index, of collection scope: `folded` ascending, `posted`
 * ascending. `text`, `state`, `event` and `effect` need none and are best left without.
 *
 * A load gives at most 200 facts of the inbox, the oldest ones, except before the first commit; load again
 * after they are folded. What Firestore does not answer in time is `unavailable`.
 */
export function firestoreRunStore(client: FirestoreClient, rest: Rest = {}): RunStore {
  const runs = knownRuns<Seen>();
  const turn = inTurn<RunId>();

  const look = async (run: RunId): Promise<Seen | null> => {
    return seenIn(run, await read(client, (db) => db.doc(pathOf.run(run)).get()));
  };

  const seenIn = (run: RunId, document: DocumentSnapshot): Seen | null => {
    if (!document.exists || document.updateTime === undefined) return null;
    const { version, state: text, changed, standing } = fieldsOf(runDocument, document);
    const last = runs.of(run);
    if (last?.at.isEqual(document.updateTime)) return last;
    const state = text === null ? null : readStateText(text, changed.toDate().toISOString());
    const seen = { version, state, standing, at: document.updateTime };
    runs.keep(run, seen);
    return seen;
  };

  const seenAt = async (run: RunId, version: number): Promise<Seen> => {
    const last = runs.of(run);
    const isBehind = last === undefined || last.version < version;
    const seen = isBehind ? await look(run) : last;
    if (seen?.version === version) return seen;
    throw new PhasegateError('conflict', `run ${run} is no longer at version ${version}`);
  };

  const loaded = asOne(async (run: RunId): Promise<StoredRun | null> => {
    // The run before what belongs to it: what was folded meanwhile can then not be folded again.
    const seen = await look(run);
    if (seen === null) return null;
    const { version, state } = seen;
    const [inbox, outbox] = await Promise.all([
      inboxOf(client, run, version === 0),
      outboxOf(client, run),
    ]);
    return { id: run, version, state, inbox, outbox };
  });

  const committed = async (run: RunId, commit: Commit): Promise<readonly Promised[]> => {
    const { expected, state, folded, posted, effects } = commit;
    const { at } = await seenAt(run, expected);
    const version = expected + 1;
    const numberOf = (index: number) => version * NUMBERS_OF_A_COMMIT + index;
    const changed = await serverTime();
    const standing = standingOf(state);
    const postedFields = posted && (await factFields(posted, numberOf(folded.length)));
    const promised = effects.map((effect, index) => ({ seq: numberOf(index), effect }));
    const written = await write(client, (batch, db) => {
      folded.forEach((id, index) => {
        batch.update(db.doc(pathOf.fact(run, id)), { folded: numberOf(index) });
      });
      if (posted && postedFields) batch.create(db.doc(pathOf.fact(run, posted.id)), postedFields);
      for (const { seq, effect } of promised) {
        batch.create(db.doc(pathOf.promise(run, seq)), { seq, effect: JSON.stringify(effect) });
      }
      // Last: the emulator shows a batch to readers write by write, and a load reads the run first.
      const document = { version, state: writeState(state), changed, standing };
      batch.update(db.doc(pathOf.run(run)), document, { lastUpdateTime: at });
    });
    if (typeof written === 'string') {
      // Its standing is written without a new version.
      const now = written === 'changed' ? await look(run) : null;
      if (now?.version === expected && !now.at.isEqual(at)) return committed(run, commit);
      throw new PhasegateError(
        'conflict',
        `run ${run} is no longer at version ${expected}, or fact ${posted?.id} of it is known`,
      );
    }
    const { writeTime } = written.at(-1) ?? { writeTime: at };
    runs.keep(run, { version, state, standing, at: writeTime });
    return promised;
  };

  return {
    ...firestoreFacts(client, asOne(look)),
    ...firestoreLocks(client),
    ...firestoreUnfinished(client, async (run) => (await look(run))?.state ?? null, rest),

    async saveDefinition(hash, text) {
      await create(client, pathOf.definition(hash), { text });
    },

    async loadDefinition(hash) {
      const document = await read(client, (db) => db.doc(pathOf.definition(hash)).get());
      if (document.exists) return fieldsOf(definitionDocument, document).text;
      throw new PhasegateError('not-found', `no definition ${hash} is kept`);
    },

    state: async (run) => (await look(run))?.state ?? null,

    load: (run) => answered(client, loaded(run)),

    commit: (run, commit) =>
      answered(
        client,
        turn(run, () => committed(run, commit)),
      ),
    async settle(run, seq) {
      await remove(client, pathOf.promise(run, seq));
    },

    async list() {
      const { docs } = await read(client, (db) =>
        db.collection('runs').orderBy('changed', 'desc').select().get(),
      );
      return docs.map(({ id }) => id as RunId);
    },

    async newest(limit) {
      const [{ docs }, total] = await Promise.all([
        read(client, (db) => db.collection('runs').orderBy('changed', 'desc').limit(limit).get()),
        read(client, (db) => db.collection('runs').count().get()),
      ]);
      const found = docs.map((document) => seenIn(document.id as RunId, document)?.state ?? null);
      const runs = found.filter((state) => state !== null);
      return { runs, older: Math.max(0, total.data().count - docs.length) };
    },
  };
}

async function outboxOf(client: FirestoreClient, run: RunId): Promise<readonly Promised[]> {
  const { docs } = await read(client, (db) => db.collection(pathOf.outbox(run)).get());
  return docs
    .map((document) => fieldsOf(promiseDocument, document))
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, effect }) => ({ seq, effect: JSON.parse(effect) as Effect }));
}
