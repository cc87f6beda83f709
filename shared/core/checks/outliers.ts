import { seasonOf } from '../calendar.ts';
import { daySetOf } from '../day-set.ts';
import type { Day } from '../days.ts';
import type { TableFacts } from '../judge/facts.ts';
import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import type { NotEnough } from '../statistics/not-enough.ts';
import { LEAST_HISTORY } from '../statistics/not-enough.ts';
import { type Constant, leaveOneOut, type RobustZ } from '../statistics/robust-z.ts';
import type { DailyMetric } from './daily-metric.ts';
import type { DayPoint, OverDays } from './day-series.ts';
import { metricSeries } from './metric-series.ts';
import { formatChange, formatValue } from './say-daily-metric.ts';

/**
 * No two consecutive game days of a season stand out on the same side from all the other days of the
 * range: robust |z| > 3.5 against the others, held against chance for the number of days
 * (Benjamini-Hochberg, q = 0.05), and further off than `minimumDeviation`, which alone decides where
 * half of the days have the same value.
 */
export type Outliers = OverDays &
  Readonly<{
    kind: 'outliers';
    metric: DailyMetric;
    /** In the metric's unit. */
    minimumDeviation: number;
  }>;

type Judged = Readonly<{ point: DayPoint; side: -1 | 0 | 1; median: number }>;

export const outliers = metricSeries<Outliers>({
  leastDays: LEAST_HISTORY + 1,
  expected: ({ metric, minimumDeviation }) =>
    `no two days in a row beyond 3.5 robust deviations and ${formatChange(metric, minimumDeviation)}`,
  judge: ({ metric, minimumDeviation }, points, days, facts) => {
    const answers = leaveOneOut(
      points.map(({ value }) => value),
      minimumDeviation,
    );
    const refused = answers.find((answer) => answer.kind === 'not-enough');
    if (refused !== undefined) return refused;
    const judged = sidesOf(points, answers, minimumDeviation);
    const out = judged.filter(({ side }) => side !== 0);
    const lasting = persisting(judged, days, facts);
    const say = ({ point, median }: Judged) =>
      `${point.day} ${formatValue(metric, point.value)} (others ${formatValue(metric, median)})`;
    const observed = `${lasting.length} of ${points.length} days stand out with a neighbour`;
    const named = (lasting.length > 0 ? lasting : out).slice(0, 5).map(say).join(', ');
    const alone = out.length === 0 ? '' : `; ${out.length} stand out alone: ${named}`;
    return {
      verdict: lasting.length === 0 ? 'PASS' : 'FAIL',
      observed,
      days: daySetOf(lasting.map(({ point }) => point.day)),
      message: `${observed}${lasting.length > 0 ? `: ${named}` : alone}`,
    };
  },
});

function sidesOf(
  points: readonly DayPoint[],
  answers: readonly (RobustZ | Constant | NotEnough)[],
  minimumDeviation: number,
): readonly Judged[] {
  const tests = answers.flatMap((answer) => (answer.kind === 'z' ? [answer.p] : []));
  const corrected = benjaminiHochberg(tests);
  const largest = corrected.kind === 'rejections' ? (corrected.largest ?? -1) : -1;
  return points.map((point, at) => {
    const answer = answers[at];
    if (answer === undefined || answer.kind === 'not-enough') return { point, side: 0, median: 0 };
    const { isOutlying, median } = answer;
    const deviation = point.value - median;
    const stands =
      isOutlying &&
      Math.abs(deviation) > minimumDeviation &&
      (answer.kind === 'constant' || answer.p <= largest);
    return { point, side: stands ? (deviation > 0 ? 1 : -1) : 0, median };
  });
}

/** Those next to another one on the same side: neighbours among the expected days of one season. */
function persisting(
  judged: readonly Judged[],
  days: readonly Day[],
  { schedule }: TableFacts,
): readonly Judged[] {
  const place = new Map(days.map((day, at) => [day, at]));
  const areNeighbours = (a: Judged, b: Judged | undefined) =>
    b !== undefined &&
    a.side !== 0 &&
    a.side === b.side &&
    Math.abs(place.get(a.point.day)! - place.get(b.point.day)!) === 1 &&
    seasonOf(schedule.calendar, a.point.day) === seasonOf(schedule.calendar, b.point.day);
  return judged.filter(
    (each, at) => areNeighbours(each, judged[at - 1]) || areNeighbours(each, judged[at + 1]),
  );
}
