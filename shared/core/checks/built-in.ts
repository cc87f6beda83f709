import { countDays, intersect } from '../day-set.ts';
import type { CheckJudgement, Finding, TableFacts } from '../judge/facts.ts';
import { unknown } from '../judge/facts.ts';

/** What is judged of every table whatever its file says, and cannot be left out. */
export function judgeBuiltIns(facts: TableFacts): readonly CheckJudgement[] {
  const builtIns = { fresh, placed, schema };
  return Object.entries(builtIns).map(([id, judge]) => ({
    id,
    kind: id,
    severity: 'block',
    ...judge(facts),
  }));
}

/** No day was written before something it reads changed. */
function fresh({ stale, expected }: TableFacts): Finding {
  const days = intersect(stale, expected);
  const count = countDays(days);
  return {
    verdict: count === 0 ? 'PASS' : 'FAIL',
    observed: `${count} stale days`,
    expected: 'every day written after all it reads',
    days,
    message:
      count === 0
        ? 'no day is older than what it reads'
        : `${count} days were written before something they read changed`,
  };
}

/** No row is without a day, or on a day without a game. */
function placed({ profile, unexpected }: TableFacts): Finding {
  const undated = profile.rowsWithoutDay;
  const days = countDays(unexpected);
  const holds = undated === 0 && days === 0;
  const observed = `${undated} rows without a day, ${days} days with rows and without a game`;
  return {
    verdict: holds ? 'PASS' : 'FAIL',
    observed,
    expected: 'every row on a day with a game',
    days: unexpected,
    message: holds ? 'every row is on a day with a game' : observed,
  };
}

/** Every declared column exists with its declared type. Further columns do no harm. */
function schema({ table, actualColumns }: TableFacts): Finding {
  if (actualColumns === null) return unknown(`there is no table ${table.name}`);
  const actual = new Map(actualColumns.map(({ name, type }) => [name, type]));
  const wrong = table.columns.flatMap(({ name, type }) => {
    const found = actual.get(name);
    if (found === undefined) return [`${name} is missing`];
    return found === type ? [] : [`${name} is ${found} instead of ${type}`];
  });
  const count = table.columns.length;
  const observed = `${count - wrong.length}/${count} columns as declared`;
  return {
    verdict: wrong.length === 0 ? 'PASS' : 'FAIL',
    observed,
    expected: `${count} columns with their types`,
    days: [],
    message: wrong.length === 0 ? observed : wrong.join('; '),
  };
}
