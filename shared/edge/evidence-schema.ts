import { z } from 'zod';
import { CHECK_KINDS } from '../core/checks/kinds.ts';
import { COLUMN_TYPES } from '../core/column.ts';
import type { GateEvidence } from '../core/evidence.ts';
import type { TableFacts } from '../core/judge/facts.ts';
import { POLICIES } from '../core/policy.ts';
import type { Relation } from '../core/relation.ts';

const text = z.string();
const instant = z.iso.datetime();
const day = z.iso.date();
const days = z.array(z.looseObject({ from: day, to: day }));
const verdict = z.enum(['PASS', 'WARN', 'FAIL', 'UNKNOWN']);
const severity = z.enum(['block', 'warn']);
const count = z.int().min(0);

/** Validates a value that many places share a single time, and leaves it what it is. */
function once(schema: z.ZodType) {
  const known = new WeakSet<object>();
  return z
    .custom<object>((value) => typeof value === 'object' && value !== null)
    .check((context) => {
      if (known.has(context.value)) return;
      const { success, error } = schema.safeParse(context.value);
      if (success) known.add(context.value);
      else
        for (const issue of error.issues)
          context.issues.push({ ...issue, input: context.value } as never);
    });
}

const column = z.looseObject({ name: text, type: z.enum(COLUMN_TYPES), required: z.boolean() });
const check = z.looseObject({
  id: text,
  kind: z.enum(CHECK_KINDS as [string, ...string[]]),
  severity,
});

const relation = z.looseObject({
  name: text,
  key: z.array(text),
  dayColumn: text,
  columns: z.array(column),
  requireDayFilter: z.boolean(),
  bootstrapDays: count,
  checks: z.array(check),
  told: z.array(text).optional(),
} satisfies Readonly<Record<keyof Relation, z.ZodType>>);

const schedule = once(
  z.looseObject({
    calendar: z.looseObject({
      seasons: z.array(z.looseObject({ season: z.int(), start: day, days, excluded: days })),
    }),
    games: z.map(day, z.array(z.looseObject({ id: text, day, home: text, away: text }))),
    teams: z.map(z.int(), z.set(text)),
    leftOut: z.array(z.looseObject({ reason: text, games: count })),
  }),
);

const item = z.union([
  z.number(),
  text,
  z.boolean(),
  z.null(),
  z.array(z.array(z.union([z.number(), text, z.null()]))),
]);
const profile = once(
  z.looseObject({
    table: text,
    days: z.map(day, z.looseObject({ values: z.record(text, item) })),
    rowsWithoutDay: count,
    refused: z.map(text, text),
  }),
);

/** A field that `TableFacts` gains must be named here, and asks for another `EVIDENCE_VERSION`. */
const facts = z.looseObject({
  table: relation,
  from: day,
  to: day,
  now: instant,
  timeZone: text,
  schedule,
  expected: days,
  profile,
  others: once(z.map(text, profile)),
  rowsOf: z.map(text, z.map(day, count)),
  unexpected: days,
  stale: days,
  changedAt: z.map(day, text),
  history: z.map(
    day,
    z.looseObject({ status: z.enum(['running', 'success', 'failed']), readAt: text.nullable() }),
  ),
  metrics: z.array(z.looseObject({ metric: text, value: z.number() })),
  actualColumns: z.array(column).nullable(),
  waivers: z.array(z.looseObject({ check: text, days, reason: text, who: text, until: day })),
} satisfies Readonly<Record<keyof TableFacts, z.ZodType>>);

const judgement = z.looseObject({
  table: text,
  verdict,
  expectedDays: count,
  coveredDays: count,
  checks: z.array(
    z.looseObject({
      id: text,
      kind: text,
      verdict,
      severity,
      observed: text,
      expected: text,
      days,
      message: text,
    }),
  ),
  badDays: days,
});

const statement = z.strictObject({
  purpose: text,
  sql: text,
  params: z.record(
    text,
    z.strictObject({ type: text, value: z.union([text, z.number(), z.boolean(), z.null()]) }),
  ),
  jobId: text,
  bytesPredicted: count,
  bytesProcessed: count,
  bytesBilled: count,
});

/** What a gate's evidence must be to be believed. It is checked as it is: nothing is left out or changed. */
export const evidenceSchema = z.strictObject({
  id: text.regex(/^[A-Za-z0-9_-]+$/),
  run: text.nullable(),
  pipeline: text,
  definition: text,
  policy: z.enum(POLICIES),
  from: day,
  to: day,
  gate: text.nullable(),
  phase: text.nullable(),
  table: text.nullable(),
  startedAt: instant,
  endedAt: instant,
  codeVersion: text,
  requestedBy: text,
  verdict,
  trouble: text.nullable(),
  tables: z.array(z.strictObject({ judgement, facts })),
  statements: z.array(statement),
} satisfies Readonly<Record<keyof GateEvidence, z.ZodType>>);
