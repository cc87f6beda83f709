import { expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { parsePhaseName, type TableName } from '../../shared/core/ids.ts';
import type { OutcomeDays } from '../../shared/core/outcome.ts';
import type { Plan } from '../../shared/core/plan.ts';
import { changedParts, parsePlanHash, planHashOf } from '../../shared/core/plan-hash.ts';
import { calendarOf, pipelineOf, requestOf, table } from './build.ts';

const one = table('a.one').name;
const two = table('a.two').name;
const january = parseDaySet('2022-01-01..2022-01-05');

type World = Readonly<{
  definition: string;
  request: ReturnType<typeof requestOf>;
  calendar: ReturnType<typeof calendarOf>;
  outcomes: Readonly<Record<TableName, OutcomeDays>>;
  plan: Plan;
}>;

const world: World = {
  definition: 'd1',
  request: requestOf(pipelineOf(table('a.one'), table('a.two'))),
  calendar: calendarOf('2022-01-01..2022-01-05'),
  outcomes: { [one]: { NEVER_RAN: january }, [two]: { STALE: january } },
  plan: new Map([
    [one, january],
    [two, january],
  ]),
};
const hashOf = ({ definition, request, calendar, outcomes, plan }: World) =>
  planHashOf(definition, request, calendar, outcomes, plan);
const hash = hashOf(world);

it('equal worlds have equal hashes, in whatever order their tables and outcomes are written', () => {
  const turned: World = {
    ...world,
    request: { ...world.request },
    outcomes: { [two]: { NEVER_RAN: [], STALE: january }, [one]: { NEVER_RAN: january } },
    plan: new Map([...world.plan].reverse()),
  };
  expect(hashOf(turned)).toBe(hash);
  expect(changedParts(hash, hashOf(turned))).toEqual([]);
});

it('a hash is one that can be given back', () => {
  expect(parsePlanHash(hash)).toBe(hash);
});

it.each<[string, Partial<World>]>([
  ['the pipeline definition', { definition: 'd2' }],
  ['the request', { request: { ...world.request, mode: 'all' } }],
  ['the request', { request: { ...world.request, phases: [parsePhaseName('other')] } }],
  ['the expected days', { calendar: calendarOf('2022-01-01..2022-01-06') }],
  ['the expected days', { calendar: calendarOf('2022-01-01..2022-01-05', '2021-12-31') }],
  ['the outcomes of the days', { outcomes: { ...world.outcomes, [two]: { FAILED: january } } }],
  ['the outcomes of the days', { outcomes: { [one]: { NEVER_RAN: january } } }],
  ['the days to write', { plan: new Map([[one, parseDaySet('2022-01-01..2022-01-04')]]) }],
])('tells that %s changed, and nothing else', (part, change) => {
  expect(changedParts(hash, hashOf({ ...world, ...change }))).toEqual([part]);
});

it('tells two outcomes apart that have the same days', () => {
  const outcomes = { [one]: { NEVER_RAN: january }, [two]: { PARTIAL: january } };
  expect(hashOf({ ...world, outcomes })).not.toBe(hash);
});

it.each(['', 'd1', hash.slice(1), `${hash}-00000000`, hash.toUpperCase().replace(/\d/g, 'A')])(
  'refuses %j as a hash',
  (text) => {
    expect(() => parsePlanHash(text)).toThrowError(
      expect.objectContaining({ kind: 'invalid-input' }),
    );
  },
);
