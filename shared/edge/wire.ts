import { z } from 'zod';
import { normalize } from '../core/day-set.ts';
import { parseDay } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import {
  parseLaunchId,
  parsePhaseName,
  parseRunId,
  parseTableName,
  type RunId,
} from '../core/ids.ts';
import type {
  AlertMessage,
  AskingMessage,
  CancelLaunchMessage,
  GateRequestedMessage,
  JobFinishedMessage,
  LaunchRequestedMessage,
  MonitorDueMessage,
  StartMessage,
} from '../core/messages.ts';
import { alertFields } from './alert-fields.ts';
import { metricsSchema } from './job-metrics.ts';

const run = z.string().max(120).transform(parseRunId);
const table = z.string().max(200).transform(parseTableName);
const launch = z.string().max(400).transform(parseLaunchId);
const day = z.iso.date().transform(parseDay);
const phase = z.string().max(40).transform(parsePhaseName);
const attempt = z.int().min(0).max(10_000);
const look = attempt.default(0);
const text = z.string().max(2000);

const instant = z.iso.datetime().transform((at) => new Date(at).toISOString());
const signed = { requestedBy: text.default(''), reason: text.default('') };

const startSchema = z.strictObject({
  pipeline: z.string().max(40),
  from: day,
  to: day,
  phases: z.array(phase).max(50).default([]),
  mode: z.enum(['missing', 'failed', 'all']).default('missing'),
  dryRun: z
    .literal(false, { error: 'a dry run is not available yet; accepted: false' })
    .default(false),
  plan: z.string().max(64).optional(),
  ...signed,
});

const askingSchemas = {
  repair: z.strictObject({ repair: run, ...signed }),
  retry: z.strictObject({ retry: run, ...signed }),
  cancel: z.strictObject({ cancel: run, ...signed }),
  pause: z.strictObject({ pause: run, ...signed }),
  resume: z.strictObject({ resume: run, ...signed }),
  override: z.strictObject({
    override: run,
    table,
    until: day,
    requestedBy: text.min(1),
    reason: text.min(1),
  }),
  signoff: z.strictObject({
    signoff: run,
    evidence: z
      .record(z.string().max(400), z.string().regex(/^[0-9a-f]{64}$/))
      .refine((all) => Object.keys(all).length <= 1000, 'at most 1000'),
    requestedBy: text.min(1),
    reason: text.default(''),
  }),
} as const;

const jobFinishedSchema = z.strictObject({
  run,
  launch,
  table,
  attempt,
  result: z.enum([
    'succeeded',
    'transient',
    'permanent',
    'interrupted',
    'not-ready',
    'quota',
    'cancelled',
  ]),
  message: text.default(''),
  retryAt: instant.optional(),
  metrics: metricsSchema.default({}),
});

const gateSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('outcomes'), run, round: attempt }),
  z.strictObject({ what: z.literal('table'), run, round: attempt, table, attempt, look }),
  z.strictObject({ what: z.literal('phase'), run, round: attempt, phase, look }),
]);

const launchSchema = z.strictObject({
  run,
  table,
  attempt,
  firstAttempt: attempt,
  launch,
  days: z.array(z.strictObject({ from: day, to: day })).transform(normalize),
});

const cancelSchema = z.strictObject({ run, table, attempt, launch, cancel: z.literal(true) });

const alertSchema = z.strictObject(alertFields);

const monitorDueSchema = z.strictObject({
  pipeline: z.string().max(40),
  monitor: z.string().max(40),
  due: instant.nullable().default(null),
});

/** A start message, or what a person asks of a run that is there. */
export function readStart(
  data: string,
): Readonly<{ start: StartMessage }> | Readonly<{ asking: AskingMessage }> {
  const body = parseJson(data);
  const asking = readAsking(body);
  if (asking !== null) return { asking };
  const { plan, requestedBy, reason, dryRun: _, ...request } = check(startSchema, body);
  const start = { request, requestedBy, reason };
  return { start: plan === undefined ? start : { ...start, plan } };
}

function readAsking(body: unknown): AskingMessage | null {
  const [what] = Object.keys(askingSchemas).filter(
    (each) => typeof body === 'object' && body !== null && each in body,
  ) as AskingMessage['what'][];
  switch (what) {
    case undefined:
      return null;
    case 'override': {
      const { override, ...rest } = check(askingSchemas.override, body);
      return { what, run: override, ...rest };
    }
    case 'signoff': {
      const { signoff, ...rest } = check(askingSchemas.signoff, body);
      return { what, run: signoff, ...rest };
    }
    default: {
      const { requestedBy, reason, ...named } = check(askingSchemas[what], body);
      const [asked] = Object.values(named) as RunId[];
      if (asked === undefined) throw new PhasegateError('bug', `${what} without a run`);
      return { what, run: asked, requestedBy, reason };
    }
  }
}

export function readJobFinished(data: string): JobFinishedMessage {
  const { retryAt, ...message } = check(jobFinishedSchema, parseJson(data));
  return retryAt === undefined ? message : { ...message, retryAt };
}
export const readGateRequested = (data: string): GateRequestedMessage =>
  check(gateSchema, parseJson(data));
export function readLaunchRequested(data: string): LaunchRequestedMessage | CancelLaunchMessage {
  const body = parseJson(data);
  const isCancel = typeof body === 'object' && body !== null && 'cancel' in body;
  return isCancel ? check(cancelSchema, body) : check(launchSchema, body);
}
export const readMonitorDue = (data: string): MonitorDueMessage & { pipeline: string } =>
  check(monitorDueSchema, parseJson(data));
export const readAlert = (data: string): AlertMessage => check(alertSchema, parseJson(data));

/** @throws PhasegateError `invalid-input` for anything but a JSON object */
export const readObject = (data: string): Readonly<Record<string, unknown>> =>
  check(z.record(z.string(), z.unknown()), parseJson(data));

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (error) {
    throw new PhasegateError('invalid-input', 'the message body is not JSON', error);
  }
}

/** @throws PhasegateError `invalid-input` naming every field that is wrong, unknown ones included */
function check<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  let result: z.ZodSafeParseResult<z.output<Schema>>;
  try {
    result = schema.safeParse(body);
  } catch (error) {
    if (error instanceof PhasegateError) throw error;
    throw new PhasegateError('invalid-input', 'the message cannot be read', error);
  }
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'message'}: ${issue.message}`,
  );
  throw new PhasegateError('invalid-input', problems.join('; '));
}
