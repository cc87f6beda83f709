import { z } from 'zod';
import { parseTableName } from '../core/ids.ts';
import { cronProblem } from '../core/monitor/cron-problem.ts';
import {
  ALERT_SEVERITIES,
  type DaysBack,
  type Monitor,
  type Subject,
} from '../core/monitor/monitor.ts';
import { POLICIES } from '../core/policy.ts';
import { isTimeZone } from '../core/time-zone.ts';
import { sentence, tableName, word } from './checks/words.ts';

const daysAgo = z.int().min(0).max(400);

const daysBack = z
  .strictObject({
    first: z.union([daysAgo, z.literal('season')]).describe('Days ago, or the whole season'),
    last: daysAgo,
  })
  .refine(({ first, last }) => first === 'season' || first >= last, {
    error: 'first lies after last; accepted: first at least as many days ago as last',
  })
  .describe('Counted back from the day on which the monitor is due');

const dataSubject = z.strictObject({
  what: z.literal('data'),
  days: daysBack,
  tables: z.array(tableName).nonempty().optional().describe('Tables and sources; default: all'),
  policy: z
    .enum(POLICIES)
    .default('daily')
    .describe('Which thresholds count where a check has others for a look at the last days'),
  gate: word.optional().describe('Checks of a gate of this file, instead of tables'),
});

const FOLDER = /^gs:\/\/[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]\/([^/]+\/)*$/;

const filesSubject = z.strictObject({
  what: z.literal('files'),
  places: z
    .array(
      z.strictObject({
        name: word.max(40),
        folder: z
          .string()
          .regex(FOLDER, { error: 'is no folder; accepted: gs://BUCKET/, or gs://BUCKET/FOLDER/' })
          .describe('gs://BUCKET/FOLDER/; {day} in it stands for the day of the games'),
        withinHours: z
          .int()
          .min(0)
          .max(168)
          .default(12)
          .describe('So long after the end of a game day its files must be there'),
      }),
    )
    .nonempty()
    .refine((places) => new Set(places.map(({ name }) => name)).size === places.length, {
      error: 'two places have one name',
    }),
});

const costSubject = z.strictObject({
  what: z.literal('cost'),
  perDay: z
    .strictObject({
      bytes: z.int().min(1).describe('Billed for gates and monitors'),
      loadJobs: z
        .int()
        .min(1)
        .max(1500)
        .default(1500)
        .describe('Into one table of ours; BigQuery refuses more than 1,500'),
      jobMinutes: z
        .int()
        .min(1)
        .nullable()
        .default(null)
        .describe('Of all jobs; default: no limit'),
    })
    .describe('What may be used on one day (UTC); above 80 percent people are warned'),
});

/** A monitor as a person writes it. */
export const monitorSchema = z.strictObject({
  name: word.max(40),
  description: sentence.optional(),
  cron: z
    .string()
    .superRefine((cron, context) => {
      const message = cronProblem(cron);
      if (message !== null) context.addIssue({ code: 'custom', message });
    })
    .describe('Minute, hour, day of month, month, day of week (0 is Sunday)'),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: 'the name of an IANA time zone, such as America/New_York' })
    .describe('The zone of the cron, always written out'),
  deadlineMinutes: z.int().min(1).max(1440).default(60),
  severity: z.enum(ALERT_SEVERITIES).default('error'),
  channel: word.max(40).optional(),
  judges: z.discriminatedUnion('what', [
    dataSubject,
    z.strictObject({
      what: z.literal('runs'),
      lookBackDays: daysAgo.min(1).default(14),
      leftAloneMinutes: z
        .int()
        .min(1)
        .max(10_080)
        .default(120)
        .describe(
          'A refused or failed run says so itself; it is a finding when left alone so long',
        ),
      handOverMinutes: z
        .int()
        .min(5)
        .max(1440)
        .default(15)
        .describe('A run is handed from one step to the next sooner than this'),
    }),
    z.strictObject({ what: z.literal('writes'), days: daysBack }),
    filesSubject,
    z.strictObject({ what: z.literal('dead-letters') }),
    costSubject,
    z.strictObject({ what: z.literal('schedules') }),
    z.strictObject({ what: z.literal('channels') }),
    z.strictObject({
      what: z.literal('grid'),
      seasons: z.enum(['current', 'all']).default('current').describe('Those of the schedule'),
    }),
    z.strictObject({ what: z.literal('digest') }),
  ]),
});

export function buildMonitor(monitor: z.output<typeof monitorSchema>): Monitor {
  const { description, channel, judges } = monitor;
  return {
    ...monitor,
    description: description ?? null,
    channel: channel ?? null,
    judges: subjectOf(judges),
  };
}

function subjectOf(judges: z.output<typeof monitorSchema>['judges']): Subject {
  switch (judges.what) {
    case 'data': {
      const tables = judges.tables?.map(parseTableName) ?? null;
      return { ...judges, days: daysBackOf(judges.days), tables, gate: judges.gate ?? null };
    }
    case 'writes':
      return { ...judges, days: daysBackOf(judges.days) };
    default:
      return judges;
  }
}

function daysBackOf({ first, last }: z.output<typeof daysBack>): DaysBack {
  return { first: first === 'season' ? null : first, last };
}
