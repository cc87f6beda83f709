import { z } from 'zod';
import { type AlertRules, QUIET_HOURS, routesToAll } from '../core/alerts/alert-rules.ts';
import { word } from './checks/words.ts';

const secretOf = (base: string) =>
  z
    .string()
    .max(60)
    .regex(new RegExp(`^${base}(_[A-Z0-9]+)*$`), {
      error: `${base}, or a name that begins with ${base}_ and goes on with A-Z, 0-9 and _`,
    })
    .default(base)
    .describe('The environment variable that holds its address');

const channel = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('slack'), secret: secretOf('SLACK_WEBHOOK_URL') }),
  z.strictObject({
    by: z.literal('mail'),
    secret: secretOf('SMTP_URL'),
    to: z.array(z.email()).nonempty().optional().describe('Default: whom the deployment names'),
  }),
  z.strictObject({ by: z.literal('console') }).describe('The log in the cloud'),
]);

const channelName = word.max(40);
const route = z.array(channelName).nonempty('nobody would hear it; accepted: names of channels');

/** Who is told of what, as a person writes it. */
export const alertsSchema = z.strictObject({
  channels: z
    .record(channelName, channel)
    .refine((all) => Object.keys(all).length > 0, {
      error: 'has none: an alert would reach nobody; accepted: at least one',
    })
    .describe('Ways to people, by their names'),
  routes: z
    .strictObject({ info: route, warning: route, error: route, critical: route })
    .optional()
    .describe('Names of channels by how loud an alert is; default: all of them'),
  quietHours: z
    .number()
    .min(0.25)
    .max(168)
    .default(QUIET_HOURS)
    .describe('A cause that was told is not told again within so many hours'),
});

export function buildAlerts({
  channels,
  routes,
  quietHours,
}: z.output<typeof alertsSchema>): AlertRules {
  return {
    channels: Object.entries(channels).map(([name, each]) =>
      each.by === 'mail' ? { ...each, name, to: each.to ?? null } : { ...each, name },
    ),
    routes: routes ?? routesToAll(Object.keys(channels)),
    quietHours,
  };
}
