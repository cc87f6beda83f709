import { daySetOf, eachDay, intersect } from '../day-set.ts';
import type { Day } from '../days.ts';
import { type Finding, unknown } from '../judge/facts.ts';
import { formatShare, type Percent, reaches } from '../percent.ts';
import { unknownColumns } from '../problem.ts';
import type { PointInTimeQuestion } from '../question.ts';
import { relationNamed } from '../relation.ts';
import { itemName, type StateItem } from '../state-item.ts';
import { decideSample } from '../statistics/wilson.ts';
import type { Base } from './base.ts';
import type { CheckKind } from './kind.ts';
import { type Answer, answersOf } from './sql.ts';

/**
 * A windowed column holds what an independent computation finds in the upstream rows before its day,
 * never in the day's own. On sampled days, all rows: it passes when the whole Wilson interval of these rows
 * reaches the threshold, fails when none of it does, and is UNKNOWN between. That interval takes rows as
 * independent, which rows of one day are not: it is none of the table's share, and a fault of whole days
 * shows only when one of them is sampled. Where every judged day was read, the share is exact.
 */
export type PointInTime = Base &
  Omit<PointInTimeQuestion, 'kind' | 'reads'> &
  Readonly<{
    kind: 'point-in-time';
    atLeast: Percent;
    /** Days of each season that are read, evenly spread over the expected ones. */
    sampleDays: number;
    /** Fewer rows than this show nothing: UNKNOWN. */
    minimumPopulation: number;
  }>;

export const pointInTime: CheckKind<PointInTime> = {
  reads: (check) => ({ own: [itemOf(check)] }),
  columns: ({ column, match }) => [column, ...match],
  problems: (check, _, pipeline) => {
    const upstream = relationNamed(pipeline, check.of);
    const { numerator, denominator } = check.atLeast;
    return [
      ...(upstream === undefined ? [] : unknownColumns(upstream.columns, check.match)).map(
        (problem) => `${check.of}: ${problem}`,
      ),
      ...(numerator >= 100n * denominator
        ? ['no sample can show 100%; accepted: atLeastPercent below 100, such as 99']
        : []),
      ...(check.seasonStarts.length === 0 ? ['needs calendar.seasonStarts'] : []),
    ];
  },
  sample: ({ sampleDays }, { schedule }, days) =>
    daySetOf(
      schedule.calendar.seasons.flatMap((season) =>
        spread([...eachDay(intersect(season.days, days))], sampleDays),
      ),
    ),
  judge: (check, { profile }, days) => {
    const answers = answersOf(profile, itemName(itemOf(check)), days);
    const population = sum(answers, (answer) => answer.population);
    const breaks = sum(answers, (answer) => answer.breaks);
    const expected = `≥ ${check.atLeast.text}% of rows hold ${promiseOf(check)}`;
    const withRows = days.filter((day) => profile.days.has(day)).length;
    const sample = `${answers.length} of ${withRows} days with rows`;
    if (population < check.minimumPopulation) {
      const reason = `${population} rows to compare on ${sample}`;
      const needed = `at least ${check.minimumPopulation} are needed`;
      return { ...unknown(`${reason}, ${needed}`), observed: reason, expected };
    }
    const agree = population - breaks;
    const observed = `${formatShare(agree, population)} rows on ${sample}`;
    if (answers.length === withRows) {
      const verdict = reaches(agree, population, check.atLeast) ? 'PASS' : 'FAIL';
      return found(verdict, observed, expected, answers, check);
    }
    const decided = decideSample({ k: agree, n: population }, check.atLeast);
    if (decided.kind === 'not-enough') return { ...unknown(decided.reason), observed, expected };
    const { lower, upper } = decided.interval;
    const interval = `${percent(lower)}..${percent(upper)} were rows independent`;
    if (decided.decision === 'undecided') {
      const advice = `raise sampleDays (now ${check.sampleDays})`;
      const reason = `${observed}, ${interval}: not enough to tell; ${advice}`;
      return { ...unknown(reason), observed, expected };
    }
    const decision = found(decided.decision, `${observed}, ${interval}`, expected, answers, check);
    return { ...decision, message: `${decision.message}; ${limitsOf(answers.length)}` };
  },
};

function found(
  verdict: 'PASS' | 'FAIL',
  observed: string,
  expected: string,
  answers: readonly Answer[],
  check: PointInTime,
): Finding {
  const bad = verdict === 'PASS' ? [] : answers.filter(({ breaks }) => breaks > 0);
  const worst = bad.toSorted((a, b) => b.breaks - a.breaks)[0];
  const said = `${observed}: ${promiseOf(check)}`;
  return {
    verdict,
    observed,
    expected,
    days: daySetOf(bad.map(({ day }) => day)),
    message:
      worst === undefined
        ? said
        : `${said}; most on ${worst.day}, where ${worst.breaks} of ${worst.population} differ`,
  };
}

/** Were a larger share of days bad than it says, so many sampled days without a bad one would have a chance under 5 %. */
function limitsOf(sampledDays: number): string {
  const unseen = Math.round(100 * (1 - 0.05 ** (1 / sampledDays)));
  const days = `${sampledDays} sampled ${sampledDays === 1 ? 'day' : 'days'}`;
  return `rows of a day are not independent, and a fault of whole days shows only when one of them is sampled: ${days} of which none is bad leave up to about ${unseen}% bad days possible`;
}

function promiseOf({ column, aggregate, value, of, lookBack, tolerance }: PointInTime): string {
  const window =
    lookBack.kind === 'season'
      ? 'the season'
      : `${lookBack.kind === 'games' ? lookBack.games : lookBack.days} ${lookBack.kind}`;
  return `${column} = ${aggregate}(${value}) of ${of} over ${window} before ± ${tolerance}`;
}

/** So many of them, evenly spread; the last one, before which most lies, is always among them. */
function spread(days: readonly Day[], count: number): readonly Day[] {
  if (days.length <= count) return days;
  const last = days.length - 1;
  const step = count === 1 ? 0 : last / (count - 1);
  return Array.from({ length: count }, (_, at) => days[last - Math.round(at * step)])
    .flatMap((day) => day ?? [])
    .reverse();
}

function itemOf(check: PointInTime): Extract<StateItem, { kind: 'question' }> {
  const { column, where, of, ofDay, ofWhere, match, value } = check;
  const { aggregate, lookBack, tolerance, seasonStarts } = check;
  return {
    kind: 'question',
    question: {
      kind: 'point-in-time',
      ...{ column, where, of, ofDay, ofWhere, match, value },
      ...{ aggregate, lookBack, tolerance, seasonStarts },
      reads: [of],
    },
  };
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
