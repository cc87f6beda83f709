import type { Firestore, Query, QueryDocumentSnapshot } from '@google-cloud/firestore';
import { isKind } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import { isAtRest, type RunState } from '../../core/run.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { read, write } from './firestore-calls.ts';
import type { FirestoreClient } from './firestore-client.ts';
import { pathOf, type Standing } from './firestore-documents.ts';

/** Longer than a post that began before the run came to rest can take until it is written. */
const REST_MS = 60 * 60_000;
/** Runs of a release before that one call marks. */
const AT_ONCE = 100;

export type Rest = Readonly<{
  /** How long a run rests before it is marked as over; absent means an hour. */
  restMilliseconds?: number;
}>;

/** What a commit of this state makes of its run. */
export function standingOf(state: RunState | null): Standing {
  return state !== null && isAtRest(state.status) ? 'resting' : 'moving';
}

/**
 * Finds runs by their `standing`, and marks one as over when it has rested long enough and nothing of it is left. Of runs
 * without one, as a release before left them, nobody knows: each is unfinished until a later call has marked it. That there
 * are such runs is seen by counting, which reads one entry in a thousand.
 *
 * @param stateOf the state of a run; it may throw when nobody can read it
 */
export function firestoreUnfinished(
  client: FirestoreClient,
  stateOf: (run: RunId) => Promise<RunState | null>,
  { restMilliseconds = REST_MS }: Rest,
): Pick<RunStore, 'unfinished'> {
  const isLeft = async (document: QueryDocumentSnapshot): Promise<boolean> => {
    if (document.get('standing') === 'moving') return true;
    const run = document.id as RunId;
    const [inbox, outbox] = await Promise.all([
      count(client, (db) => db.collection(pathOf.facts(run)).where('folded', '==', null).limit(1)),
      count(client, (db) => db.collection(pathOf.outbox(run)).limit(1)),
    ]);
    if (inbox + outbox > 0) return true;
    const rested = document.readTime.toMillis() - document.updateTime.toMillis();
    if (rested >= restMilliseconds) await mark(client, document, 'over');
    return false;
  };

  return {
    async unfinished() {
      const [{ docs }, unmarked] = await Promise.all([
        read(client, (db) => runsOf(db).where('standing', 'in', ['moving', 'resting']).get()),
        unmarkedRuns(client),
      ]);
      const left = await Promise.all(docs.map(isLeft));
      await Promise.all(
        unmarked.slice(0, AT_ONCE).map(async (document) => {
          await mark(client, document, await standingNow(stateOf(document.id as RunId)));
        }),
      );
      const found = [...docs.filter((_, index) => left[index]), ...unmarked];
      return found.map(({ id }) => id as RunId);
    },
  };
}

/** Of a run that nobody can read somebody has to be told, so it is not at rest. */
async function standingNow(state: Promise<RunState | null>): Promise<Standing> {
  try {
    return standingOf(await state);
  } catch (error) {
    if (isKind(error, 'unavailable')) throw error;
    return 'moving';
  }
}

async function unmarkedRuns(client: FirestoreClient): Promise<readonly QueryDocumentSnapshot[]> {
  const [all, marked] = await Promise.all([
    count(client, (db) => db.collection('runs')),
    count(client, (db) => db.collection('runs').orderBy('standing')),
  ]);
  if (all === marked) return [];
  const { docs } = await read(client, (db) => runsOf(db).get());
  return docs.filter((document) => document.get('standing') === undefined);
}

/** Nothing happens when somebody else wrote the document since it was read. */
async function mark(
  client: FirestoreClient,
  { ref, updateTime }: QueryDocumentSnapshot,
  standing: Standing,
): Promise<void> {
  await write(client, (batch) => batch.update(ref, { standing }, { lastUpdateTime: updateTime }));
}

function runsOf(db: Firestore): Query {
  return db.collection('runs').select('standing');
}

async function count(client: FirestoreClient, of: (db: Firestore) => Query): Promise<number> {
  const counted = await read(client, (db) => of(db).count().get());
  return counted.data().count;
}
