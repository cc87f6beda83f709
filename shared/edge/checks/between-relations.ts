import { z } from 'zod';
import { parseTableName } from '../../core/ids.ts';
import { checkDocument, shareFields, shareOf, thresholdsOf, wholeFields } from './document.ts';
import { aggregate, count, identifier, sql, tableName, unit } from './words.ts';

const columns = z.array(identifier).nonempty();
const theirWhere = sql.optional().describe('Which of its rows count; default: all');
const minimumPerDay = count
  .default(1)
  .describe('A day with fewer units to compare shows nothing: UNKNOWN');

export const agreement = checkDocument(
  'agreement',
  {
    by: columns.describe('Rows with equal values of these are one group'),
    value: aggregate,
    where: shareFields.where,
    with: z
      .strictObject({
        table: tableName,
        by: columns.optional().describe('Its columns; default: the same'),
        value: aggregate,
        where: theirWhere,
      })
      .describe('The other side'),
    tolerance: z.number().min(0).default(0).describe('So much the two sides may differ'),
    unit: unit.default('groups'),
    ...wholeFields,
    minimumPerDay,
  },
  (document) => {
    const { by, value, with: other, tolerance, unit } = document;
    return {
      by,
      value,
      with: {
        table: parseTableName(other.table),
        by: other.by ?? by,
        value: other.value,
        where: other.where ?? null,
      },
      tolerance,
      unit,
      ...shareOf(document),
    };
  },
);

export const layerCoverage = checkDocument(
  'layer-coverage',
  {
    of: tableName.describe('The layer before: its units must be here'),
    by: columns.describe('Own columns that name a unit'),
    ofBy: columns.optional().describe('Its columns; default: the same'),
    where: shareFields.where,
    ofWhere: theirWhere,
    unit: unit.default('ids'),
    ...wholeFields,
    minimumPerDay,
  },
  (document) => {
    const { of, by, ofBy, ofWhere, unit } = document;
    return {
      of: parseTableName(of),
      by,
      ofBy: ofBy ?? by,
      ofWhere: ofWhere ?? null,
      unit,
      ...shareOf(document),
    };
  },
);

export const references = checkDocument(
  'references',
  {
    by: columns.describe('Own columns that name a unit'),
    to: tableName.describe('Where each of them must be on the same day'),
    toBy: columns.optional().describe('Its columns; default: the same'),
    unit: unit.default('ids'),
    ...wholeFields,
  },
  (document) => {
    const { by, to, toBy, unit } = document;
    return { by, to: parseTableName(to), toBy: toBy ?? by, unit, ...thresholdsOf(document) };
  },
);
