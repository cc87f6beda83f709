import { z } from 'zod';
import { COLUMN_TYPES } from '../core/column.ts';
import { isTimeZone } from '../core/time-zone.ts';
import { alertsSchema } from './alerts-schema.ts';
import { checkSchema } from './checks/check-schema.ts';
import {
  day,
  daySpans,
  identifier,
  sentence,
  sql,
  tableName,
  timeOfDay,
  word,
} from './checks/words.ts';
import { jobSchema, minutes } from './job-schema.ts';
import { monitorSchema } from './monitor-schema.ts';

const columnType = z
  .string()
  .refine((text) => (COLUMN_TYPES as readonly string[]).includes(text.replace(/!$/, '')), {
    error: `one of ${COLUMN_TYPES.join(', ')}, with ! at the end for a required column`,
  });
const columns = z
  .record(identifier, columnType)
  .describe('Column name to type; a type ends in ! when the column is required');

const window = z
  .strictObject({
    of: tableName,
    window: z.literal('same-day').optional(),
    games: z.int().min(1).max(200).optional().describe('The N games before the day'),
    days: z.int().min(1).max(400).optional().describe('The N days before the day'),
  })
  .superRefine(({ window, games, days }, context) => {
    const given = [window, games, days].filter((each) => each !== undefined);
    if (given.length === 1) return;
    const message = `has ${given.length} windows; accepted: exactly one of window: same-day, games: N, days: N`;
    context.addIssue({ code: 'custom', message });
  });

const due = z
  .union([
    timeOfDay,
    z.strictObject({ daysAfter: z.int().min(0).max(14).default(1), at: timeOfDay }),
  ])
  .describe("By when a day is there: '12:00' on the day after it, in the pipeline's zone");

const table = z.strictObject({
  name: tableName,
  key: z.array(identifier).nonempty(),
  day: identifier.describe('The DATE column by which the table is partitioned'),
  requireDayFilter: z.boolean().default(false),
  columns,
  needs: z.array(window).nonempty(),
  bootstrapDays: z.int().min(0).max(60).default(0),
  job: jobSchema,
  checks: z.array(checkSchema).nonempty(),
  publish: z
    .literal('verified')
    .optional()
    .describe('Readers get a view `<dataset>_verified.<table>` of the VERIFIED days'),
  due: due.optional().describe("Before this no monitor misses a day; default: the phase's"),
  autoRepair: z
    .strictObject({ maximumDays: z.int().min(1).max(31), perWeek: z.int().min(1).max(14) })
    .optional()
    .describe('A monitor of the grid may open a run over so many days, so often; default: never'),
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
  checks: z
    .array(checkSchema)
    .default([])
    .describe('What must hold of it; judged when a cause is looked for'),
  due: due.optional().describe('Before this no monitor misses a day; default: each is due at once'),
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

const loosened = z
  .strictObject({
    table: tableName,
    check: word.optional().describe('Default: what the table itself promises, or its removal'),
    field: z.string().min(1).optional().describe('As the lock file names it; default: any'),
    reason: sentence,
    who: z.string().min(1),
    until: day.describe('The last day on which it counts'),
  })
  .describe('A promise of the lock file that is kept less far, signed');

const calendar = z.strictObject({
  schedule: tableName,
  game: identifier,
  season: identifier,
  seasonType: identifier,
  home: identifier,
  away: identifier,
  final: sql,
  calledOff: sql.optional().describe('A game that will not be played: nobody waits for it'),
  seasonTypes: z.array(z.string()).nonempty(),
  seasonStarts: z.record(z.string().regex(/^\d{4}$/), day),
  exclusions: z.array(exclusion).default([]),
});

const gate = z.strictObject({
  name: word,
  description: sentence.optional(),
  tables: z
    .array(
      z.strictObject({
        table: tableName,
        checks: z.array(word).nonempty().optional().describe('Ids; default: all of the table'),
      }),
    )
    .nonempty(),
});

/** The pipeline file, as a person writes it. */
export const pipelineSchema = z.strictObject({
  pipeline: word.max(40),
  description: sentence.optional(),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'the name of an IANA time zone, such as America/New_York' })
    .describe('IANA time zone of the days, e.g. America/New_York'),
  calendar,
  waivers: z.array(waiver).default([]),
  loosened: z.array(loosened).default([]),
  retry: z
    .strictObject({
      attempts: z.int().min(1).max(10).default(3),
      backoffSeconds: z.number().min(0).max(3600).default(10),
    })
    .default({ attempts: 3, backoffSeconds: 10 }),
  repair: z
    .strictObject({ attempts: z.int().min(0).max(5).default(1) })
    .default({ attempts: 1 })
    .describe('Repairs without a person, for each time that one asked'),
  deadlines: z
    .strictObject({
      jobMinutes: minutes.default(120),
      phaseMinutes: minutes.default(720),
      runMinutes: minutes.default(1440),
    })
    .default({ jobMinutes: 120, phaseMinutes: 720, runMinutes: 1440 })
    .describe('A job over its own is stopped and tried again; a phase or a run is stopped'),
  budget: z
    .strictObject({
      jobMinutes: z.number().positive().max(1_000_000).optional(),
      bytes: z.int().positive().optional(),
    })
    .default({})
    .describe('What one run may spend; it stops before it spends more'),
  parallelTables: z.int().min(1).max(50).default(2),
  maximumBytesPerQuery: z
    .int()
    .min(31_457_280)
    .default(100 * 2 ** 30)
    .describe(
      'No statement of a gate may read more; BigQuery bills at least 10 MiB a table, and what is kept is in three',
    ),
  sources: z.array(source).nonempty(),
  phases: z
    .array(
      z.strictObject({
        name: word.max(40),
        parallelTables: z.int().min(1).max(50).optional(),
        due: due.optional().describe('Of each of its tables that has none of its own'),
        readyBy: due
          .optional()
          .describe(
            'By then all its tables are to be VERIFIED; the digest tells how often they are',
          ),
        tables: z.array(table).nonempty(),
      }),
    )
    .nonempty(),
  gates: z
    .array(gate)
    .default([])
    .describe('Checks judged together under one name: phasegate gate NAME'),
  monitors: z
    .array(monitorSchema)
    .default([])
    .describe('What is looked at on a schedule: phasegate health NAME looks now'),
  alerts: alertsSchema
    .optional()
    .describe('Who is told of what; default: every alert through every channel that is there'),
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

/** What a run pins: a pipeline file with its SQL in it, and the overlay that was laid over it. */
export const definitionSchema = z.strictObject({
  ...pipelineSchema.shape,
  overlay: overlaySchema.optional(),
});
export type DefinitionDocument = z.output<typeof definitionSchema>;
