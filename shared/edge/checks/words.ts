import { z } from 'zod';
import { parseDaySet } from '../../core/day-set.ts';
import { PhasegateError } from '../../core/errors.ts';
import { isOneExpression } from '../../core/one-expression.ts';
import { parsePercent } from '../../core/percent.ts';
import { TIME_OF_DAY } from '../../core/time-zone.ts';

/** What a parser of the core refuses is a problem at its place in the file. */
export function readableBy<Value>(parse: (value: Value) => unknown) {
  return (value: Value, context: z.RefinementCtx<Value>) => {
    try {
      parse(value);
    } catch (error) {
      if (!(error instanceof PhasegateError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  };
}

/** The smallest parts of a pipeline file; every schema is made of these. */
export const identifier = z
  .string()
  .regex(/^[a-z_][a-z0-9_]*$/, 'a column name in lower case, letters, digits and _')
  .refine((name) => !/^(current_(date|time|datetime|timestamp)|session_user)$/.test(name), {
    error: 'a column name that is not a function of GoogleSQL',
  })
  .describe('A column');
export const tableName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}\.[a-z][a-z0-9_]{0,127}$/, 'dataset.table in lower case')
  .describe('A table or source, as dataset.table');
export const word = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a lower-case word with hyphens');
export const day = z.iso.date().describe('A day, 2022-01-31');
export const timeOfDay = z.string().regex(TIME_OF_DAY, "a time of day, '06:00', in quotes");
export const daySpan = z
  .string()
  .regex(/^[^,]+$/, { error: 'one span, 2021-10-19..2026-01-02', abort: true })
  .superRefine(readableBy(parseDaySet))
  .describe('One span of days: 2021-10-19..2026-01-02');
export const daySpans = z
  .string()
  .superRefine(readableBy(parseDaySet))
  .describe('Days: 2022-01-31, 2022-01-07..2022-04-10, or a comma list');
export const percent = z
  .number()
  .min(0, { abort: true })
  .max(1000, { abort: true })
  .superRefine(readableBy(parsePercent))
  .describe('Percent, 0 to 100 (up to 1000 for ratios)');
export const sql = z
  .string()
  .min(1)
  .refine(isOneExpression, {
    error: 'one expression: balanced parentheses, no comment, no semicolon',
  })
  .describe('GoogleSQL over one row of the table');
export const aggregate = sql.describe('GoogleSQL aggregate over the rows of one group');
export const unit = z
  .string()
  .regex(/^[a-z][a-z -]*$/, 'what is counted, in the plural: team-games')
  .describe('What messages call the units, in the plural');
export const metricName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'a name in lower case, letters, digits and _: mae')
  .describe('A number that launches publish, by its name');
export const statement = z
  .string()
  .min(1)
  .describe(
    'A .sql file beside the pipeline, or the SELECT itself; the asked days are @from0 to @to0',
  );
export const count = z.int().min(0);
export const sentence = z.string().min(3);
