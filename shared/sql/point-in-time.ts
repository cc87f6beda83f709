import { type DaySet, eachDay } from '../core/day-set.ts';
import { addDays, type Day } from '../core/days.ts';
import type { PointInTimeQuestion } from '../core/question.ts';
import type { Relation } from '../core/relation.ts';
import { type DayFilter, dayFilter } from './day-filter.ts';
import { quoteColumn, quoteTable } from './quote.ts';

/** What adding FLOAT64 in another order may change. */
const ROUNDING = '1e-9 * GREATEST(1.0, ABS(claimed), ABS(found))';

/**
 * A row for each day with `day`, `population` and `breaks`: rows of these days whose column differs
 * from the same aggregate over the upstream rows of the season strictly before the day. Where both are
 * NULL there was nothing to compute and nothing was claimed: no part of the population.
 */
export function pointInTimeStatement(
  relation: Relation,
  question: PointInTimeQuestion,
  days: DaySet,
): DayFilter {
  const { column, where, of, ofDay, ofWhere, match, value, aggregate, tolerance } = question;
  const filter = dayFilter(relation.dayColumn, days);
  const keys = match.map((_, index) => `key${index}`);
  const keysOf = (alias: string) => keys.map((key) => `${alias}.${key}`).join(', ');
  const matched = match.map((name, index) => `${quoteColumn(name)} AS key${index}`).join(', ');
  const seasonOf = (day: string) => seasonStart(question.seasonStarts, quoteColumn(day));
  const on = (a: string, b: string) => keys.map((key) => `${a}.${key} = ${b}.${key}`).join(' AND ');
  const none = aggregate === 'COUNT' ? '0' : 'NULL';
  return {
    params: { ...filter.params, ...upstreamDays(question, days) },
    sql: [
      'WITH',
      '  asked AS (',
      `    SELECT ${quoteColumn(relation.dayColumn)} AS asked_day, ${seasonOf(relation.dayColumn)} AS season_start, ${matched},`,
      `      CAST(${quoteColumn(column)} AS FLOAT64) AS claimed`,
      `    FROM ${quoteTable(relation.name)}`,
      `    WHERE (${filter.sql})${where === null ? '' : ` AND (${where})`}`,
      '  ),',
      '  before AS (',
      `    SELECT ${quoteColumn(ofDay)} AS past_day, ${seasonOf(ofDay)} AS season_start, ${matched},`,
      `      CAST((${value}) AS FLOAT64) AS amount`,
      `    FROM ${quoteTable(of)}`,
      `    WHERE ${quoteColumn(ofDay)} BETWEEN @since AND @until${ofWhere === null ? '' : ` AND (${ofWhere})`}`,
      '  ),',
      `  subjects AS (SELECT DISTINCT asked_day, season_start, ${keys.join(', ')} FROM asked),`,
      '  placed AS (',
      `    SELECT subjects.asked_day, ${keysOf('subjects')}, before.amount,`,
      '      ROW_NUMBER() OVER (',
      `        PARTITION BY subjects.asked_day, ${keysOf('subjects')} ORDER BY before.past_day DESC`,
      '      ) AS place',
      '    FROM subjects',
      '    JOIN before',
      `      ON ${on('before', 'subjects')}`,
      '      AND before.season_start = subjects.season_start',
      `      AND before.past_day < subjects.asked_day${withinDays(question)}`,
      '  ),',
      '  recomputed AS (',
      `    SELECT asked_day, ${keys.join(', ')}, ${aggregate}(amount) AS found`,
      `    FROM placed${withinGames(question)}`,
      `    GROUP BY asked_day, ${keys.join(', ')}`,
      '  ),',
      '  compared AS (',
      `    SELECT asked.asked_day, asked.claimed, IFNULL(CAST(recomputed.found AS FLOAT64), ${none}) AS found`,
      '    FROM asked',
      '    LEFT JOIN recomputed',
      `      ON recomputed.asked_day = asked.asked_day AND ${on('recomputed', 'asked')}`,
      '  )',
      'SELECT asked_day AS day, COUNT(*) AS population,',
      `  COUNT(*) - COUNT(CASE WHEN ABS(claimed - found) <= ${tolerance} + ${ROUNDING} THEN 1 END) AS breaks`,
      'FROM compared',
      'WHERE claimed IS NOT NULL OR found IS NOT NULL',
      'GROUP BY asked_day',
    ].join('\n'),
  };
}

/** The first day of the season in which a day lies; NULL before the first season. */
function seasonStart(starts: readonly Day[], day: string): string {
  const whens = starts
    .toReversed()
    .map((start) => `WHEN ${day} >= DATE '${start}' THEN DATE '${start}'`);
  return `CASE ${whens.join(' ')} END`;
}

/** From the start of the first asked day's season to the day before the last one. */
function upstreamDays({ seasonStarts }: PointInTimeQuestion, days: DaySet): DayFilter['params'] {
  const [first] = eachDay(days);
  const last = days.at(-1)?.to;
  if (first === undefined || last === undefined) return {};
  const since = seasonStarts.findLast((start) => start <= first) ?? first;
  return {
    since: { type: 'DATE', value: since },
    until: { type: 'DATE', value: addDays(last, -1) },
  };
}

function withinDays({ lookBack }: PointInTimeQuestion): string {
  return lookBack.kind === 'days'
    ? `\n      AND before.past_day >= DATE_SUB(subjects.asked_day, INTERVAL ${lookBack.days} DAY)`
    : '';
}

function withinGames({ lookBack }: PointInTimeQuestion): string {
  return lookBack.kind === 'games' ? ` WHERE place <= ${lookBack.games}` : '';
}
