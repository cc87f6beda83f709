import { dayToken, type SeenDay } from './day-token.ts';
import type { TableName } from './ids.ts';
import type { Table } from './pipeline.ts';
import type { RunState } from './run.ts';
import { hasPassed } from './table-state.ts';

/** A table that a launch reads, and what its last judgement rested on. */
export type JudgedRead = Readonly<{ upstream: TableName; token: string }>;

/**
 * What a launch reads on the word of a gate of its own run: tables that passed it. Sources, tables of no phase
 * of this run and those that a person signed for are read whatever they are; so is what nobody knows the token of.
 */
export function judgedReads({ needs }: Table, { tables }: RunState): readonly JudgedRead[] {
  return [...new Set(needs.map(({ of }) => of))].flatMap((upstream) => {
    const own = tables[upstream];
    const isJudged = own?.tag === 'passed' || own?.tag === 'passed-with-warnings';
    return isJudged && own.token !== '' ? [{ upstream, token: own.token }] : [];
  });
}

/** A table that the launch reads and that lets nobody read it now: it is being looked at again. */
export function unreadyRead({ needs }: Table, { tables }: RunState): TableName | null {
  return needs.find(({ of }) => of in tables && !hasPassed(tables[of]))?.of ?? null;
}

/** The first of these tables that is no longer what its gate judged; null when all of them are. */
export function changedUpstream(
  reads: readonly JudgedRead[],
  { request }: RunState,
  states: readonly (SeenDay & Readonly<{ table: TableName }>)[],
): JudgedRead | null {
  const changed = reads.find(({ upstream, token }) => {
    const own = states.filter(({ table }) => table === upstream);
    return dayToken(own, request.to) !== token;
  });
  return changed ?? null;
}
