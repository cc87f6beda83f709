import { z } from 'zod';
import type { Seal } from '../core/checklist.ts';
import type { DoctorLine } from '../core/doctor/doctor-line.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseRunId, parseTableName, type RunId, type TableName } from '../core/ids.ts';
import type { LineageEvent } from '../core/lineage/lineage-event.ts';
import type { Trigger } from '../core/monitor/trigger-findings.ts';
import type { ReportedCheck, RunReport } from '../core/report.ts';
import type { RunState } from '../core/run.ts';
import type { RunJson } from '../core/view/run-json.ts';
import { readStateText, writeState } from './state-text.ts';

const text = z.string();

const verdictSchema = z.enum(['PASS', 'WARN', 'FAIL', 'UNKNOWN']);

const checkSchema = z.object({
  id: text,
  kind: text,
  severity: z.enum(['block', 'warn']),
  verdict: verdictSchema,
  observed: text,
  expected: text,
  days: z.array(text),
  message: text,
  former: z.object({ verdict: verdictSchema, observed: text }).nullable().exactOptional(),
}) satisfies z.ZodType<ReportedCheck>;

const stateSchema = z.object({ state: text });

const reportSchema = stateSchema.extend({
  startedAt: text,
  endedAt: text.nullable(),
  repairs: z.int(),
  launches: z.int(),
  checks: z.record(text, z.array(checkSchema)),
  asked: z.object({ by: text, reason: text }).exactOptional(),
  evidence: z.record(text, text).exactOptional(),
  refused: z
    .array(
      z.object({
        table: text.transform(parseTableName),
        verdict: verdictSchema,
        days: z.array(text),
        message: text,
        evidence: text,
        at: text,
      }),
    )
    .exactOptional(),
  again: z
    .array(z.object({ by: z.enum(['repair', 'retry']), who: text, reason: text, at: text }))
    .exactOptional(),
  estimated: z.object({ minutes: z.number(), bytes: z.number().nullable() }).exactOptional(),
});

/** What commands read of a listed run; it is handed on as it came. */
const listedFields = z.object({
  run: text,
  status: z.enum(['reading', 'live', 'cancelling', 'passed', 'blocked', 'failed', 'cancelled']),
  request: z.object({ from: text, to: text, mode: text, phases: z.array(text) }),
  round: z.int(),
});
const listedSchema = z.custom<RunJson>((run) => listedFields.safeParse(run).success);

/** What commands read of an event; it is handed on as it came. */
const lineageFields = z.object({
  eventType: z.enum(['START', 'COMPLETE', 'FAIL', 'ABORT']),
  eventTime: text,
  run: z.object({ runId: text }),
  job: z.object({ namespace: text, name: text }),
});
const lineageSchema = z.custom<LineageEvent>((event) => lineageFields.safeParse(event).success);

const triggerSchema = z.object({
  name: text,
  cron: text,
  timeZone: text,
  topic: text.nullable(),
  body: text,
  isPaused: z.boolean(),
  pause: z.object({ reason: text, until: text, by: text }).nullable(),
  knownAt: text.nullable(),
  lastAttemptAt: text.nullable(),
  lastFailure: text.nullable(),
}) satisfies z.ZodType<Trigger>;

const sealSchema = z.union([z.object({ sha256: text }), z.object({ trouble: text })]);
const monitorFields = z.object({
  name: text,
  cron: text,
  timeZone: text,
  description: text.nullable(),
});
const monitorSchema = z.custom<z.output<typeof monitorFields>>(
  (monitor) => monitorFields.safeParse(monitor).success,
);
const doctorSchema = z.object({
  version: text,
  definition: text,
  lines: z.array(
    z.object({
      check: text,
      verdict: z.enum(['PASS', 'WARN', 'FAIL', 'UNKNOWN']).nullable(),
      found: text,
      fix: text.nullable(),
    }) satisfies z.ZodType<DoctorLine>,
  ),
});

/** What a world says of itself, and the code version that says so. */
export type DoctorAnswer = z.output<typeof doctorSchema>;

const sentSchema = z.object({ messageId: text, requestedBy: text });

/** What was sent: nobody has handled it yet. */
export type Sent = z.output<typeof sentSchema>;

/** A monitor as it is listed. */
export type ListedMonitor = z.output<typeof monitorSchema>;

/** The newest runs, and how many older ones are not among them. */
export type Listing = Readonly<{ runs: readonly RunJson[]; left: number }>;

/** A state that `readStateAnswer` reads. */
export const stateBody = (state: RunState) => ({ state: writeState(state) });

/** A report that `readReportAnswer` reads. */
export function reportBody({ state, checks, evidence, ...report }: RunReport) {
  return {
    ...report,
    ...stateBody(state),
    checks: Object.fromEntries(checks),
    ...(evidence === undefined ? {} : { evidence: Object.fromEntries(evidence) }),
  };
}

export const readStateAnswer = (answer: string): RunState =>
  stateOf(read(stateSchema, answer).state);

export function readReportAnswer(answer: string): RunReport {
  const { state, checks, evidence, ...report } = read(reportSchema, answer);
  return {
    ...report,
    state: stateOf(state),
    checks: byTable(checks),
    ...(evidence === undefined ? {} : { evidence: byTable(evidence) }),
  };
}

const byTable = <Value>(found: Readonly<Record<string, Value>>) =>
  new Map(Object.entries(found).map(([table, own]) => [table as TableName, own] as const));

export const readListing = (answer: string): Listing =>
  read(z.object({ runs: z.array(listedSchema), left: z.int() }), answer);

export const readSeals = (answer: string): ReadonlyMap<string, Seal> =>
  new Map(Object.entries(read(z.object({ seals: z.record(text, sealSchema) }), answer).seals));

export const readLineageAnswer = (answer: string): readonly LineageEvent[] =>
  read(z.object({ events: z.array(lineageSchema) }), answer).events;

export const readTriggers = (answer: string): readonly Trigger[] =>
  read(z.object({ schedules: z.array(triggerSchema) }), answer).schedules;

export const readMonitors = (answer: string): readonly ListedMonitor[] =>
  read(z.object({ monitors: z.array(monitorSchema) }), answer).monitors;

export const readDoctor = (answer: string): DoctorAnswer => read(doctorSchema, answer);

export const readIsKept = (answer: string): boolean =>
  read(z.object({ isKept: z.boolean() }), answer).isKept;

export const readSent = (answer: string): Sent => read(sentSchema, answer);

export function readStarted(answer: string): Sent & Readonly<{ run: RunId }> {
  return read(sentSchema.extend({ run: text.transform(parseRunId) }), answer);
}

/** Why our API refused, in its own words; null where something else did. */
export function readRefusal(answer: string): string | null {
  try {
    return z.object({ error: z.object({ message: text }) }).parse(JSON.parse(answer)).error.message;
  } catch {
    return null;
  }
}

/** An answer was written by this release or a near one: what it kept is of the present schema. */
const stateOf = (written: string): RunState => readStateText(written, '');

/** @throws PhasegateError `unavailable` where something else than our API answered, or one of another release */
function read<Schema extends z.ZodType>(schema: Schema, answer: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(answer));
  } catch (error) {
    const message = `this is not how this release's API answers: ${answer.slice(0, 200)}`;
    throw new PhasegateError('unavailable', message, error);
  }
}
