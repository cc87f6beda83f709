import { z } from 'zod';
import { normalize } from '../core/day-set.ts';
import { parseDay } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseLaunchId, parsePhaseName, parseRunId, parseTableName } from '../core/ids.ts';
import type {
  AlertMessage,
  GateRequestedMessage,
  JobFinishedMessage,
  LaunchRequestedMessage,
  RepairMessage,
  StartMessage,
} from '../core/messages.ts';
import { metricsSchema } from './job-metrics.ts';

const run = z.string().max(120).transform(parseRunId);
const table = z.string().max(200).transform(parseTableName);
const launch = z.string().max(400).transform(parseLaunchId);
const day = z.iso.date().transform(parseDay);
const phase = z.string().max(40).transform(parsePhaseName);
const attempt = z.int().min(0).max(10_000);
const text = z.string().max(2000);

const startSchema = z.strictObject({
  pipeline: z.string().max(40),
  from: day,
  to: day,
  phases: z.array(phase).max(50).default([]),
  mode: z.enum(['missing', 'failed', 'all']).default('missing'),
  dryRun: z
    .literal(false, { error: 'a dry run is not available yet; accepted: false' })
    .default(false),
  requestedBy: text.default(''),
  reason: text.default(''),
});

const repairSchema = z.strictObject({
  repair: run,
  requestedBy: text.default(''),
  reason: text.default(''),
});

const jobFinishedSchema = z.strictObject({
  run,
  launch,
  table,
  attempt,
  result: z.enum(['succeeded', 'transient', 'permanent', 'interrupted']),
  message: text.default(''),
  metrics: metricsSchema.default({}),
});

const gateSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('outcomes'), run, round: attempt }),
  z.strictObject({ what: z.literal('table'), run, round: attempt, table, attempt }),
  z.strictObject({ what: z.literal('phase'), run, round: attempt, phase }),
]);

const launchSchema = z.strictObject({
  run,
  table,
  attempt,
  firstAttempt: attempt,
  launch,
  days: z.array(z.strictObject({ from: day, to: day })).transform(normalize),
});

const alertSchema = z.strictObject({ run, key: z.string().max(400), text: z.string().max(20_000) });

/** A start message, or a wish to go on with a run that is blocked or failed. */
export function readStart(
  data: string,
): Readonly<{ start: StartMessage }> | Readonly<{ repair: RepairMessage }> {
  const body = parseJson(data);
  if (typeof body === 'object' && body !== null && 'repair' in body) {
    const { repair, ...rest } = check(repairSchema, body);
    return { repair: { run: repair, ...rest } };
  }
  const { pipeline, from, to, phases, mode, requestedBy, reason } = check(startSchema, body);
  return { start: { request: { pipeline, from, to, phases, mode }, requestedBy, reason } };
}

export const readJobFinished = (data: string): JobFinishedMessage =>
  check(jobFinishedSchema, parseJson(data));
export const readGateRequested = (data: string): GateRequestedMessage =>
  check(gateSchema, parseJson(data));
export const readLaunchRequested = (data: string): LaunchRequestedMessage =>
  check(launchSchema, parseJson(data));
export const readAlert = (data: string): AlertMessage => check(alertSchema, parseJson(data));

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
