import type { Day } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import { itemName } from '../core/state-item.ts';
import { hullParams } from './day-filter.ts';
import { quoteColumn } from './quote.ts';
import type { Scan } from './scan.ts';

/**
 * One question alone: a row for each day with `day`, `population` and `breaks`. The texts see the
 * asked days as `@from0` and `@to0`.
 */
export const questionScan: Pick<Scan, 'statement' | 'read'> = {
  statement: (relation, [item], days) => {
    if (item?.kind !== 'question') throw new PhasegateError('bug', 'a question was expected');
    const day = quoteColumn(relation.dayColumn);
    const { population, breaks } = item.question;
    return {
      params: hullParams(days),
      sql: [
        'SELECT day, SUM(population) AS population, SUM(breaks) AS breaks',
        'FROM (',
        `  SELECT ${day} AS day, population, 0 AS breaks FROM (${population}) AS asked`,
        '  UNION ALL',
        `  SELECT ${day} AS day, 0 AS population, 1 AS breaks FROM (${breaks}) AS broken`,
        ') AS answers',
        'GROUP BY day',
      ].join('\n'),
    };
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
