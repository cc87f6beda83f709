import { countDays, intersect } from '../day-set.ts';
import type { CheckJudgement, Finding, TableFacts } from '../judge/facts.ts';
import { unknown } from '../judge/facts.ts';

const BUILT_INS = [
  ['fresh', fresh],
  ['placed', placed],
  ['schema', schema],
] as const;

/** Kinds that no file declares: every table has them; `applies` says that no declared check covers the range. */
export type BuiltInKind = (typeof BUILT_INS)[number][0] | 'applies';

/** Their kinds, which are their ids too: no declared check has one of these. */
export const BUILT_IN_KINDS: readonly BuiltInKind[] = [...BUILT_INS.map(([id]) => id), 'applies'];

/** What is judged of every table whatever its file says, and cannot be left out. */
export function judgeBuiltIns(facts: TableFacts): readonly CheckJudgement[] {
  return BUILT_INS.map(([id, judge]) => ({
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

/**
 * No row is without a day, or on a day without a game. A schedule that ends before the range is said:
 * nothing was expected after its end. That alone is no trouble, since a season ends too; WARN when a
 * season that the pipeline declares begins in the range and the schedule has no game of it.
 */
function placed({ profile, unexpected, schedule, from, to }: TableFacts): Finding {
  const undated = profile.rowsWithoutDay;
  const days = countDays(unexpected);
  const { reaches } = schedule;
  const absent = schedule.seasonStarts.find(
    ({ start }) => from <= start && start <= to && (reaches === null || reaches < start),
  );
  const end =
    reaches !== null && reaches >= to
      ? ''
      : `; the schedule reaches ${reaches ?? 'no day'}, nothing was expected after it`;
  const observed = `${undated} rows without a day, ${days} days with rows and without a game`;
  const finding = { observed, expected: 'every row on a day with a game', days: unexpected };
  if (undated > 0 || days > 0) {
    return { ...finding, verdict: 'FAIL', message: `${observed}${end}` };
  }
  if (absent !== undefined) {
    const message = `season ${absent.season} starts on ${absent.start}, and the schedule has no game of it${end}`;
    return { ...finding, verdict: 'WARN', message };
  }
  return { ...finding, verdict: 'PASS', message: `every row is on a day with a game${end}` };
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
