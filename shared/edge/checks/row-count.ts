import { z } from 'zod';
import type { RowCount } from '../../core/checks/row-count.ts';
import { parseTableName } from '../../core/ids.ts';
import { parsePercent } from '../../core/percent.ts';
import { checkDocument } from './document.ts';
import { count, percent, tableName } from './words.ts';

const fields = {
  of: z
    .union([z.literal('range'), z.literal('game'), tableName])
    .describe('Over the range, per final game of each day, or against the rows of another table'),
  atLeast: count.optional().describe('Rows; with of: range or of: game'),
  atMost: count.optional().describe('Rows; with of: range or of: game'),
  atLeastPercent: percent.optional().describe('Of the rows of the other table'),
  atMostPercent: percent.optional().describe('Of the rows of the other table'),
};

type Document = z.output<z.ZodObject<typeof fields>>;

export const rowCount = checkDocument(
  'row-count',
  fields,
  (document) => ({ per: boundsOf(document) }),
  ({ of, atLeast, atMost, atLeastPercent, atMostPercent }) => {
    const strangers = isCount(of) ? [atLeastPercent, atMostPercent] : [atLeast, atMost];
    const accepted = isCount(of) ? 'atLeast, atMost' : 'atLeastPercent, atMostPercent';
    return strangers.every((bound) => bound === undefined)
      ? null
      : `counts rows of: ${of}; accepted: ${accepted}`;
  },
);

function isCount(of: Document['of']): of is 'range' | 'game' {
  return of === 'range' || of === 'game';
}

function boundsOf(document: Document): RowCount['per'] {
  const { of, atLeast, atMost, atLeastPercent, atMostPercent } = document;
  if (isCount(of)) return { of, atLeast: atLeast ?? null, atMost: atMost ?? null };
  const asPercent = (value: number | undefined) =>
    value === undefined ? null : parsePercent(value);
  return {
    of: 'table',
    table: parseTableName(of),
    atLeast: asPercent(atLeastPercent),
    atMost: asPercent(atMostPercent),
  };
}
