import { intersect } from '../../shared/core/day-set.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { LaunchId, RunId, TableName } from '../../shared/core/ids.ts';
import { isAtRest, type RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import type { Commit, Fact, Holding, Lock, Promised } from '../../shared/ports/run-store.ts';

type Kept = {
  version: number;
  state: RunState | null;
  inbox: Fact[];
  outbox: Promised[];
  folded: Fact[];
  known: Set<string>;
  changed: number;
  seq: number;
};

/** What a commit changed: told after it was written. */
export type Committed = Readonly<{
  run: RunId;
  before: RunState | null;
  after: RunState;
  events: readonly RunEvent[];
  effects: Commit['effects'];
}>;

export type MemoryRunStore = ReturnType<typeof memoryRunStore>;

/** Runs in memory. States are kept as they are given: nobody may change one. */
export function memoryRunStore(
  onCommit: (committed: Committed) => void = () => undefined,
  onSettle: (run: RunId, promised: Promised) => void = () => undefined,
) {
  const definitions = new Map<string, string>();
  const all = new Map<RunId, Kept>();
  const held = new Map<string, Readonly<{ lock: Lock; token: string }>>();
  const claims = new Map<LaunchId, string>();
  let changes = 0;
  let holdings = 0;

  const keptOf = (run: RunId): Kept => {
    const found = all.get(run);
    if (found !== undefined) return found;
    changes += 1;
    const made: Kept = {
      version: 0,
      state: null,
      inbox: [],
      outbox: [],
      folded: [],
      known: new Set(),
      changed: changes,
      seq: 0,
    };
    all.set(run, made);
    return made;
  };

  const post = (run: RunId, fact: Fact) => {
    const kept = keptOf(run);
    if (kept.known.has(fact.id)) return false;
    kept.known.add(fact.id);
    kept.inbox.push(fact);
    return true;
  };

  return {
    async saveDefinition(hash: string, text: string) {
      if (!definitions.has(hash)) definitions.set(hash, text);
    },

    async loadDefinition(hash: string) {
      const text = definitions.get(hash);
      if (text === undefined)
        throw new PhasegateError('not-found', `no definition ${hash} is kept`);
      return text;
    },

    post: async (run: RunId, fact: Fact) => post(run, fact),

    async postHolding(run: RunId, fact: Fact, { table, launch, token }: Holding) {
      if (all.get(run)?.known.has(fact.id)) return false;
      const key = `${table}/${launch}`;
      if (held.get(key)?.token !== token) {
        throw new PhasegateError('conflict', `${launch} no longer holds ${table}`);
      }
      held.delete(key);
      return post(run, fact);
    },

    async knows(run: RunId, factId: string) {
      return all.get(run)?.known.has(factId) ?? false;
    },

    async state(run: RunId) {
      return all.get(run)?.state ?? null;
    },

    async load(run: RunId) {
      const kept = all.get(run);
      if (kept === undefined) return null;
      const { version, state, inbox, outbox } = kept;
      return { id: run, version, state, inbox: [...inbox], outbox: [...outbox] };
    },

    async commit(run: RunId, { expected, state, folded, posted, effects }: Commit) {
      const kept = all.get(run);
      if (kept === undefined || kept.version !== expected) {
        throw new PhasegateError('conflict', `run ${run} is no longer at version ${expected}`);
      }
      if (posted !== undefined && kept.known.has(posted.id)) {
        throw new PhasegateError('conflict', `fact ${posted.id} of run ${run} is known`);
      }
      const before = kept.state;
      const events: RunEvent[] = [];
      for (const id of folded) {
        const at = kept.inbox.findIndex((fact) => fact.id === id);
        const [fact] = at < 0 ? [] : kept.inbox.splice(at, 1);
        if (fact === undefined) continue;
        kept.folded.push(fact);
        events.push(fact.event);
      }
      if (posted !== undefined) {
        kept.known.add(posted.id);
        kept.folded.push(posted);
        events.push(posted.event);
      }
      changes += 1;
      kept.changed = changes;
      kept.version += 1;
      kept.state = state;
      const promises = effects.map((effect) => ({ seq: ++kept.seq, effect }));
      kept.outbox.push(...promises);
      onCommit({ run, before, after: state, events, effects });
      return promises;
    },

    async settle(run: RunId, seq: number) {
      const kept = all.get(run);
      const promised = kept?.outbox.find((each) => each.seq === seq);
      if (kept === undefined || promised === undefined) return;
      kept.outbox = kept.outbox.filter((each) => each !== promised);
      onSettle(run, promised);
    },

    async facts(run: RunId) {
      return [...(all.get(run)?.folded ?? [])];
    },

    async list() {
      return [...all].sort(([, a], [, b]) => b.changed - a.changed).map(([run]) => run);
    },

    async newest(limit: number) {
      const ordered = [...all.values()].sort((a, b) => b.changed - a.changed);
      const runs = ordered.slice(0, limit).flatMap(({ state }) => (state === null ? [] : [state]));
      return { runs, older: Math.max(0, ordered.length - limit) };
    },

    async unfinished() {
      const isOver = ({ state, inbox, outbox }: Kept) =>
        state !== null && isAtRest(state.status) && inbox.length + outbox.length === 0;
      return [...all].flatMap(([run, kept]) => (isOver(kept) ? [] : [run]));
    },

    async lock(lock: Lock, writers: number): Promise<Lock | null> {
      const key = `${lock.table}/${lock.launch}`;
      const others = [...held.values()]
        .map((each) => each.lock)
        .filter(({ table, launch }) => table === lock.table && launch !== lock.launch);
      const inTheWay =
        others.find(({ days }) => intersect(days, lock.days).length > 0) ??
        (others.length >= writers ? others[0] : undefined);
      if (inTheWay !== undefined) return inTheWay;
      held.set(key, { lock, token: held.get(key)?.token ?? String(++holdings) });
      return null;
    },

    async holding(table: TableName, launch: LaunchId): Promise<Holding | null> {
      const found = held.get(`${table}/${launch}`);
      return found === undefined ? null : { table, launch, token: found.token };
    },

    async unlock(table: TableName, launch: LaunchId) {
      held.delete(`${table}/${launch}`);
    },

    async locks(): Promise<readonly Lock[]> {
      return [...held].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { lock }]) => lock);
    },

    async claim(launch: LaunchId, execution: string) {
      const found = claims.get(launch);
      if (found !== undefined) return found;
      claims.set(launch, execution);
      return execution;
    },

    claimOf: (launch: LaunchId) => claims.get(launch),
    /** What is there, without asking: for those who check. */
    look: (run: RunId) => all.get(run),
    runs: (): readonly RunId[] => [...all.keys()],
  };
}
