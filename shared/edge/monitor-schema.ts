import { z } from 'zod';
import { parseTableName } from '../core/ids.ts';
import { cronProblem } from '../core/monitor/cron-problem.ts';
import { ALERT_SEVERITIES, type Monitor } from '../core/monitor/monitor.ts';
import { isTimeZone } from '../core/time-zone.ts';
import { sentence, tableName, word } from './checks/words.ts';

const daysAgo = z.int().min(0).max(400);

const dataSubject = z.strictObject({
  what: z.literal('data'),
  days: z
    .strictObject({
      first: z.union([daysAgo, z.literal('season')]).describe('Days ago, or the whole season'),
      last: daysAgo,
    })
    .refine(({ first, last }) => first === 'season' || first >= last, {
      error: 'first lies after last; accepted: first at least as many days ago as last',
    })
    .describe('Counted back from the day on which the monitor is due'),
  tables: z.array(tableName).nonempty().optional().describe('Tables and sources; default: all'),
  gate: word.optional().describe('Checks of a gate of this file, instead of tables'),
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
    }),
    z.strictObject({ what: z.literal('schedules') }),
    z.strictObject({ what: z.literal('digest') }),
  ]),
});

export function buildMonitor(monitor: z.output<typeof monitorSchema>): Monitor {
  const { description, channel, judges } = monitor;
  return {
    ...monitor,
    description: description ?? null,
    channel: channel ?? null,
    judges:
      judges.what !== 'data'
        ? judges
        : {
            what: 'data',
            days: {
              first: judges.days.first === 'season' ? null : judges.days.first,
              last: judges.days.last,
            },
            tables: judges.tables?.map(parseTableName) ?? null,
            gate: judges.gate ?? null,
          },
  };
}
