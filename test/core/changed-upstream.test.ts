import { describe, expect, it } from 'vitest';
import { changedUpstream, judgedReads, unreadyRead } from '../../shared/core/changed-upstream.ts';
import { dayToken } from '../../shared/core/day-token.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { TableState } from '../../shared/core/table-state.ts';
import { day, games, sameDay, table } from './build.ts';

const features = table('p.features', [
  sameDay('a.teams'),
  games('a.teams', 5),
  games('a.players', 10),
  sameDay('raw.box'),
]);
const passed = (token: string): TableState => ({
  tag: 'passed',
  attempt: 1,
  evidence: 'e',
  token,
});
const stateOf = (tables: Record<string, TableState>) =>
  ({ tables, request: { to: day('2022-01-31') } }) as unknown as RunState;
const written = (name: string, on: string, changedAt = '2022-02-01T00:00:00.000Z') => ({
  table: parseTableName(name),
  day: day(on),
  rows: 2,
  changedAt,
});

describe('what a launch reads on the word of a gate', () => {
  it('is each table of its run that passed, once, with warnings or without', () => {
    const warned: TableState = { ...passed('t2'), tag: 'passed-with-warnings' } as TableState;
    const state = stateOf({ 'a.teams': passed('t1'), 'a.players': warned, 'a.other': passed('t') });
    expect(judgedReads(features, state)).toEqual([
      { upstream: 'a.teams', token: 't1' },
      { upstream: 'a.players', token: 't2' },
    ]);
  });

  it.each([
    ['not in the run', {}],
    [
      'signed for by a person',
      { tag: 'overridden', attempt: 1, evidence: 'e', by: 'ana', reason: 'r', until: '2022-03-01' },
    ],
    ['one that an earlier release judged, so that nobody knows what it saw', passed('')],
  ])('is no table that is %s', (_, own) => {
    const tables = 'tag' in own ? { 'a.teams': own as TableState } : {};
    expect(judgedReads(features, stateOf(tables))).toEqual([]);
  });
});

describe('a table that lets nobody read it', () => {
  const verifying: TableState = { tag: 'verifying', attempt: 1, days: [], look: 1 };

  it('is one of its run that is being looked at again', () => {
    const again = stateOf({ 'a.teams': verifying, 'a.players': passed('t') });
    expect(unreadyRead(features, again)).toBe('a.teams');
  });

  it('is none that passed, and none outside of its run', () => {
    expect(unreadyRead(features, stateOf({ 'a.teams': passed('t') }))).toBeNull();
  });
});

describe('a table that was judged', () => {
  const seen = [written('a.teams', '2022-01-01'), written('a.teams', '2022-01-02')];
  const reads = [{ upstream: parseTableName('a.teams'), token: dayToken(seen, day('2022-01-31')) }];
  const changed = (states: typeof seen) => changedUpstream(reads, stateOf({}), states);

  it('has not changed while its days are what they were, whatever other tables are', () => {
    expect(changed([...seen, written('a.players', '2022-01-01')])).toBeNull();
    expect(changed([...seen].reverse())).toBeNull();
  });

  it('has not changed by a day after the range', () => {
    expect(changed([...seen, written('a.teams', '2022-02-01')])).toBeNull();
  });

  it.each([
    ['a day that was written again', [seen[0], written('a.teams', '2022-01-02', 'later')]],
    ['a day more', [...seen, written('a.teams', '2022-01-31')]],
    ['a day less', seen.slice(1)],
    ['no day left', []],
  ])('has changed by %s', (_, states) => {
    expect(changed(states as typeof seen)).toEqual(reads[0]);
  });
});
