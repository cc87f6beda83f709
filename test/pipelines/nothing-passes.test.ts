import { describe, expect, it } from 'vitest';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { expectedDays } from '../../shared/core/calendar.ts';
import type { Check } from '../../shared/core/check.ts';
import { CHECK_KINDS } from '../../shared/core/checks/kinds.ts';
import { countDays } from '../../shared/core/day-set.ts';
import { addDays } from '../../shared/core/days.ts';
import type { TableName } from '../../shared/core/ids.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import { tablesOf } from '../../shared/core/pipeline.ts';
import type { TableProfile } from '../../shared/core/profile.ts';
import { type Relation, relationNamed } from '../../shared/core/relation.ts';
import { type Game, scheduleOf } from '../../shared/core/schedule.ts';
import { letsPass } from '../../shared/core/verdict.ts';
import { WHOLE } from '../core/checks/two-days.ts';
import { base, facts } from '../core/table-facts.ts';

const { pipeline } = readDefinitionFiles({ pipeline: 'nba' });
const [first, second] = pipeline.calendar.seasonStarts;
const LENGTH = 120;
const schedule = scheduleOf(
  pipeline.calendar,
  [first!, second!].flatMap(({ season, start }) =>
    Array.from({ length: LENGTH }, (_, n): Game => {
      const day = addDays(start, n);
      const type = pipeline.calendar.seasonTypes[0]!;
      return { id: `${day}-1`, day, season, type, home: 'LAL', away: 'BOS' };
    }),
  ),
);
const range = { from: second!.start, to: addDays(second!.start, LENGTH - 1) };
/** Kinds that the pipeline does not use, or not of a single season. */
const ADDED: readonly Check[] = [
  { ...base, id: 'added-games', kind: 'distinct-games', game: 'game_id', atLeast: 1 },
  { ...base, id: 'added-written', kind: 'written' },
  { ...base, id: 'added-success', kind: 'days-succeeded', atLeast: parsePercent(1) },
  {
    ...{ ...base, id: 'added-jobs', kind: 'lifecycle' },
    ...{ runningHoursAtMost: 4, launchesPerDayAtMost: null },
  },
  {
    ...{ ...base, id: 'added-error', kind: 'metric', metric: 'mae', changeAtMostPercent: null },
    ...{ atLeast: null, atMost: 5, below: null, above: null },
  },
  {
    ...{ ...base, ...WHOLE, id: 'added-text', kind: 'sql', reads: [] },
    ...{ breaks: 'SELECT 1', population: 'SELECT 1' },
  },
];
const relations = [...tablesOf(pipeline), ...pipeline.sources]
  .flatMap(({ name }) => relationNamed(pipeline, name) ?? [])
  .filter(({ checks }) => checks.length > 0)
  .map((each, at): Relation => (at > 0 ? each : { ...each, checks: [...each.checks, ...ADDED] }));

const empty = (table: TableName): TableProfile => ({
  table,
  days: new Map(),
  rowsWithoutDay: 0,
  refused: new Map(),
});

/** Every check of a relation without a row, beside others without one, over a season that has games. */
function judgedEmpty(relation: Relation) {
  const all = facts(relation.checks, [], {
    ...range,
    table: relation,
    schedule,
    expected: expectedDays(schedule.calendar, [range], relation.bootstrapDays),
    profile: empty(relation.name),
    others: new Map(relations.map(({ name }) => [name, empty(name)])),
    rowsOf: new Map(relations.map(({ name }) => [name, new Map()])),
    actualColumns: relation.columns,
    now: `${addDays(range.to, 30)}T00:00:00.000Z`,
    timeZone: pipeline.timeZone,
  });
  expect(countDays(all.expected)).toBeGreaterThan(100);
  return judgeTable(all);
}

const BUILT_IN = ['fresh', 'placed', 'schema'];

describe('over a season of games and not a single row', () => {
  it.each(relations.map((relation) => [relation.name, relation] as const))(
    'no check of %s passes',
    (_, relation) => {
      const { checks, verdict } = judgedEmpty(relation);
      const declared = checks.filter(({ kind }) => !BUILT_IN.includes(kind));
      expect(declared.length).toBeGreaterThan(0);
      expect(declared.filter((check) => check.verdict === 'PASS')).toEqual([]);
      expect(letsPass(verdict)).toBe(false);
    },
  );

  it('every kind of check was asked', () => {
    const judged = relations.flatMap((each) => judgedEmpty(each).checks.map(({ kind }) => kind));
    expect(CHECK_KINDS.filter((kind) => !judged.includes(kind))).toEqual([]);
  });
});
