import { z } from 'zod';
import type { RowCount } from '../../core/checks/row-count.ts';
import { PhasegateError } from '../../core/errors.ts';
import { parseTableName } from '../../core/ids.ts';
import { parsePercent } from '../../core/percent.ts';
import { checkDocument } from './document.ts';
import { count, percent, tableName } from './words.ts';

const fields = {
  of: z.union([z.literal('range'), z.literal('game'), tableName]),
  atLeast: count.optional(),
  atMost: count.optional(),
  atLeastPercent: percent.optional(),
  atMostPercent: percent.optional(),
};

export const rowCount = checkDocument('row-count', fields, (document) => ({
  per: boundsOf(document),
}));

function boundsOf(
  document: z.output<z.ZodObject<typeof fields>> & { id: string },
): RowCount['per'] {
  const { id, of, atLeast, atMost, atLeastPercent, atMostPercent } = document;
  const isCount = of === 'range' || of === 'game';
  const strangers = isCount ? [atLeastPercent, atMostPercent] : [atLeast, atMost];
  if (strangers.some((bound) => bound !== undefined)) {
    throw new PhasegateError(
      'invalid-input',
      `check ${id} counts rows of: ${of}; accepted: ${isCount ? 'atLeast, atMost' : 'atLeastPercent, atMostPercent'}`,
    );
  }
  if (isCount) return { of, atLeast: atLeast ?? null, atMost: atMost ?? null };
  const asPercent = (value: number | undefined) =>
    value === undefined ? null : parsePercent(value);
  return {
    of: 'table',
    table: parseTableName(of),
    atLeast: asPercent(atLeastPercent),
    atMost: asPercent(atMostPercent),
  };
}
