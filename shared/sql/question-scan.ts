import type { DaySet } from '../core/day-set.ts';
import type { Day } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import type { SqlQuestion } from '../core/question.ts';
import type { Relation } from '../core/relation.ts';
import { itemName } from '../core/state-item.ts';
import { type DayFilter, hullParams } from './day-filter.ts';
import { pointInTimeStatement } from './point-in-time.ts';
import { quoteColumn } from './quote.ts';
import type { Scan } from './scan.ts';

/** One question alone: a row for each day with `day`, `population` and `breaks`. */
export const questionScan: Pick<Scan, 'statement' | 'read'> = {
  statement: (relation, [item], days) => {
    if (item?.kind !== 'question') throw new PhasegateError('bug', 'a question was expected');
    const { question } = item;
    return question.kind === 'sql'
      ? sqlStatement(relation, question, days)
      : pointInTimeStatement(relation, question, days);
  },
  read: ([item], row) =>
    item === undefined
      ? []
      : [
          {
            day: row.day as Day,
            item: itemName(item),
            group: [null, Number(row.population), Number(row.breaks)],
          },
        ],
};

function sqlStatement(
  { dayColumn }: Relation,
  { population, breaks }: SqlQuestion,
  days: DaySet,
): DayFilter {
  const day = quoteColumn(dayColumn);
  return {
    params: hullParams(days),
    sql: [
      'SELECT day, SUM(population) AS population, SUM(breaks) AS breaks',
      'FROM (',
      `  SELECT ${day} AS day, population, 0 AS breaks FROM (`,
      bare(population),
      '  ) AS asked',
      '  UNION ALL',
      `  SELECT ${day} AS day, 0 AS population, 1 AS breaks FROM (`,
      bare(breaks),
      '  ) AS broken',
      ') AS answers',
      'GROUP BY day',
    ].join('\n'),
  };
}

/** The text without the semicolon that ends it, whatever comment follows that. */
function bare(text: string): string {
  return text.trim().replace(/;\s*(?:--[^\n]*\s*)*$/, '');
}
