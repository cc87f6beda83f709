import {
  type DaySet,
  daySetOf,
  eachDay,
  parseDaySet,
  subtract,
} from '../../../shared/core/day-set.ts';
import type { Day } from '../../../shared/core/days.ts';
import type { Judged, Surroundings } from '../../../shared/core/explain/surroundings.ts';
import { parseTableName } from '../../../shared/core/ids.ts';
import type { TableFacts } from '../../../shared/core/judge/facts.ts';
import { judgeTable } from '../../../shared/core/judge/judge-table.ts';
import { outcomesOf } from '../../../shared/core/judge/outcomes.ts';
import type { Pipeline } from '../../../shared/core/pipeline.ts';
import { relationNamed } from '../../../shared/core/relation.ts';
import { scheduleOf } from '../../../shared/core/schedule.ts';
import { historyOf, word } from '../checks/launches.ts';
import { dayWith, facts, game, spec } from '../table-facts.ts';

/** Ten days with a game each. */
export const TEN = parseDaySet('2022-01-01..2022-01-10');
export const schedule = scheduleOf(
  spec,
  [...eachDay(TEN)].map((day) => game(`g${day}`, day)),
);

/** Days of January 2022: `jan('3..5,8')`. */
export const jan = (text: string): DaySet =>
  daySetOf(
    text.split(',').flatMap((part) => {
      const [from = 0, to = from] = part.split('..').map(Number);
      return Array.from(
        { length: to - from + 1 },
        (_, n) => `2022-01-${String(from + n).padStart(2, '0')}` as Day,
      );
    }),
  );

/** Every source has a row on all ten days but these. */
export const lacking =
  (missing: DaySet): Surroundings['daysWithRows'] =>
  () =>
    subtract(TEN, missing);

/** A relation of the pipeline with a row on every day but these, each written by a launch that ended well. */
export function judged(
  pipeline: Pipeline,
  name: string,
  missing: DaySet = [],
  more: Partial<TableFacts> = {},
): Judged {
  const relation = relationNamed(pipeline, parseTableName(name));
  if (relation === undefined) throw new Error(`no ${name}`);
  const there = subtract(TEN, missing);
  const history = historyOf(...[...eachDay(TEN)].map((day) => [day, word('l.1')] as const));
  const own = facts(
    relation.checks,
    [...eachDay(there)].map((day) => [day, dayWith(1)]),
    {
      table: relation,
      from: TEN[0]!.from,
      to: TEN[0]!.to,
      expected: TEN,
      schedule,
      history,
      actualColumns: relation.columns,
      ...more,
    },
  );
  const judgement = judgeTable(own);
  return { facts: own, judgement, outcomes: outcomesOf(own, judgement, own.history) };
}

export function around(
  pipeline: Pipeline,
  relations: readonly Judged[],
  changesOf: Surroundings['changesOf'] = () => new Map(),
  daysWithRows: Surroundings['daysWithRows'] = lacking([]),
): Surroundings {
  return {
    pipeline,
    calendar: schedule.calendar,
    relations: new Map(relations.map((each) => [each.judgement.table, each])),
    changesOf,
    daysWithRows,
  };
}
