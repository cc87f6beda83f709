import { z } from 'zod';
import type { PointInTime } from '../../core/checks/point-in-time.ts';
import { parseTableName } from '../../core/ids.ts';
import { parsePercent } from '../../core/percent.ts';
import { AGGREGATES } from '../../core/question.ts';
import { checkDocument, thresholdsOf, wholeFields } from './document.ts';
import { count, sql as expression, identifier, percent, statement, tableName } from './words.ts';

export const sql = checkDocument(
  'sql',
  {
    breaks: statement,
    population: statement,
    reads: z
      .array(tableName)
      .default([])
      .describe('Relations that the texts read beside their own'),
    ...wholeFields,
  },
  (document) => ({
    breaks: document.breaks,
    population: document.population,
    reads: document.reads.map(parseTableName),
    ...thresholdsOf(document),
  }),
);

const lookBackFields = {
  window: z.literal('season').optional().describe('All games of the season before the day'),
  games: count.min(1).max(200).optional().describe('The N games before the day'),
  days: count.min(1).max(400).optional().describe('The N days before the day'),
};

export const pointInTime = checkDocument(
  'point-in-time',
  {
    column: identifier.describe('The windowed column that is computed again'),
    match: z.array(identifier).nonempty().describe('Columns of both relations, beside the day'),
    of: tableName.describe('The relation from whose earlier rows it is computed'),
    value: expression.describe('GoogleSQL over one row of that relation'),
    aggregate: z.enum(AGGREGATES).describe('Of the values of its rows'),
    ...lookBackFields,
    where: expression.optional().describe('Which rows are compared; default: all'),
    ofWhere: expression.optional().describe('Which rows of the other relation count; default: all'),
    tolerance: z.number().min(0).describe('So much a row may differ from what we compute'),
    sampleDays: count.min(1).max(50).default(8).describe('Days of each season that are read'),
    atLeastPercent: percent.max(100).default(99).describe('Rows that agree, in percent'),
    minimumPopulation: count
      .min(1)
      .default(30)
      .describe('With fewer compared rows nothing is shown: UNKNOWN'),
  },
  (document, place) => ({
    column: document.column,
    match: document.match,
    of: parseTableName(document.of),
    ofDay: place.dayOf(document.of),
    value: document.value,
    aggregate: document.aggregate,
    lookBack: lookBackOf(document),
    where: document.where ?? null,
    ofWhere: document.ofWhere ?? null,
    tolerance: document.tolerance,
    sampleDays: document.sampleDays,
    atLeast: parsePercent(document.atLeastPercent),
    minimumPopulation: document.minimumPopulation,
    seasonStarts: place.seasonStarts,
  }),
  ({ window, games, days }) => {
    const given = [window, games, days].filter((each) => each !== undefined);
    return given.length === 1
      ? null
      : `looks back over ${given.length} windows; accepted: exactly one of games: N, days: N, window: season`;
  },
);

function lookBackOf({
  games,
  days,
}: z.output<z.ZodObject<typeof lookBackFields>>): PointInTime['lookBack'] {
  if (games !== undefined) return { kind: 'games', games };
  return days === undefined ? { kind: 'season' } : { kind: 'days', days };
}
