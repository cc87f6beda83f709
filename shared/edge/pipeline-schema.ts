import { z } from 'zod';
import { COLUMN_TYPES } from '../core/column.ts';
import { isOneExpression } from '../core/one-expression.ts';

const identifier = z
  .string()
  .regex(/^[a-z_][a-z0-9_]*$/, 'a column name in lower case, letters, digits and _')
  .refine((name) => !/^(current_(date|time|datetime|timestamp)|session_user)$/.test(name), {
    error: 'a column name that is not a function of GoogleSQL',
  });
const tableName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/, 'dataset.table in lower case');
const word = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a lower-case word with hyphens');
const day = z.union([z.iso.date()]).describe('A day, 2022-01-31');
const daySpans = z.string().describe('Days: 2022-01-31, 2022-01-07..2022-04-10, or a comma list');
const percent = z.number().min(0).max(1000).describe('Percent, 0 to 100 (up to 1000 for ratios)');
const sql = z
  .string()
  .min(1)
  .refine(isOneExpression, {
    error: 'one expression: balanced parentheses, no comment, no semicolon',
  })
  .describe('GoogleSQL over one row of the table');
const count = z.int().min(0);
const sentence = z.string().min(3);

const columnType = z
  .string()
  .refine((text) => (COLUMN_TYPES as readonly string[]).includes(text.replace(/!$/, '')), {
    error: `one of ${COLUMN_TYPES.join(', ')}, with ! at the end for a required column`,
  });
const columns = z
  .record(identifier, columnType)
  .describe('Column name to type; a type ends in ! when the column is required');

const base = {
  id: word.describe('Unique within its table'),
  severity: z.enum(['block', 'warn']).default('block'),
  applies: daySpans
    .optional()
    .describe('Counts only when the judged range covers these days whole'),
};
const share = {
  where: sql.optional().describe('Which rows are eligible; default: all'),
  atLeastPercent: percent,
  perDayPercent: percent.optional().describe('Threshold of each day; default: atLeastPercent'),
};
const kind = <Kind extends string, Shape extends z.core.$ZodLooseShape>(name: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(name), ...base, ...shape });

export const checkSchema = z.discriminatedUnion('kind', [
  kind('day-coverage', { atLeastPercent: percent }),
  kind('grain-coverage', {
    grain: z.enum(['games', 'team-games', 'teams']),
    game: identifier.optional(),
    team: identifier.optional(),
    atLeastPercent: percent,
    perDayPercent: percent.optional(),
  }),
  kind('row-count', {
    of: z.union([z.literal('range'), z.literal('game'), tableName]),
    atLeast: count.optional(),
    atMost: count.optional(),
    atLeastPercent: percent.optional(),
    atMostPercent: percent.optional(),
  }),
  kind('distinct-games', { game: identifier, atLeast: count }),
  kind('not-null', { column: identifier, ...share }),
  kind('unique', { columns: z.array(identifier).nonempty().optional() }),
  kind('range', {
    column: identifier,
    min: z.number().optional(),
    max: z.number().optional(),
    ...share,
    atLeastPercent: percent.default(100),
  }),
  kind('category-share', { column: identifier, values: z.array(z.string()).nonempty(), ...share }),
  kind('identity', {
    left: sql,
    right: sql,
    tolerance: z.number().min(0).default(0),
    ...share,
  }),
  kind('production-ready', { tier: identifier, score: identifier, issues: identifier, ...share }),
]);

const window = z.strictObject({
  of: tableName,
  window: z.literal('same-day').optional(),
  games: z.int().min(1).max(200).optional().describe('The N games before the day'),
  days: z.int().min(1).max(400).optional().describe('The N days before the day'),
});

const table = z.strictObject({
  name: tableName,
  key: z.array(identifier).nonempty(),
  day: identifier.describe('The DATE column by which the table is partitioned'),
  requireDayFilter: z.boolean().default(false),
  columns,
  needs: z.array(window).nonempty(),
  bootstrapDays: z.int().min(0).max(60).default(0),
  job: z.strictObject({
    select: z.string().min(1).describe('A .sql file beside the pipeline, or the SELECT itself'),
    chunkDays: z.int().min(1).max(31).default(31),
  }),
  checks: z.array(checkSchema).nonempty(),
});

const source = z.strictObject({
  name: tableName,
  key: z.array(identifier).nonempty(),
  day: identifier.optional(),
  requireDayFilter: z.boolean().default(false),
  columns,
  fallback: z
    .strictObject({
      chain: z.array(z.string()).nonempty(),
      lastResort: z.enum(['skip', 'placeholder', 'fail', 'continue_without']),
    })
    .optional(),
  load: z
    .strictObject({
      file: z.string().regex(/^[a-z0-9_]+$/),
      columns,
      select: z.string().min(1).optional().describe('A .sql file; default: rename by `rename`'),
      rename: z.record(identifier, identifier).default({}).describe('Our column: theirs'),
    })
    .optional(),
});

const exclusion = z.strictObject({
  days: daySpans.optional(),
  seasonTypes: z.array(z.string()).nonempty().optional(),
  reason: sentence,
});

const waiver = z.strictObject({
  table: tableName,
  check: word,
  days: daySpans,
  reason: sentence,
  who: z.string().min(1),
  until: day,
});

const calendar = z.strictObject({
  schedule: tableName,
  game: identifier,
  season: identifier,
  seasonType: identifier,
  home: identifier,
  away: identifier,
  final: sql,
  seasonTypes: z.array(z.string()).nonempty(),
  seasonStarts: z.record(z.string().regex(/^\d{4}$/), day),
  exclusions: z.array(exclusion).default([]),
});

/** The pipeline file, as a person writes it. */
export const pipelineSchema = z.strictObject({
  pipeline: word,
  description: sentence.optional(),
  timeZone: z.string().min(1).describe('IANA time zone of the days, e.g. America/New_York'),
  calendar,
  waivers: z.array(waiver).default([]),
  retry: z
    .strictObject({
      attempts: z.int().min(1).max(10).default(3),
      backoffSeconds: z.number().min(0).max(3600).default(10),
    })
    .default({ attempts: 3, backoffSeconds: 10 }),
  parallelTables: z.int().min(1).max(50).default(2),
  sources: z.array(source).nonempty(),
  phases: z.array(z.strictObject({ name: word, tables: z.array(table).nonempty() })).nonempty(),
});
export type PipelineDocument = z.output<typeof pipelineSchema>;

/** What `--overlay` may change for a data set: the calendar and the waivers, nothing else. */
export const overlaySchema = z.strictObject({
  calendar: z
    .strictObject({
      exclusions: z.array(exclusion),
      seasonStarts: z.record(z.string().regex(/^\d{4}$/), day),
    })
    .partial()
    .optional(),
  waivers: z.array(waiver).optional(),
});
