import type { Calendar } from './calendar.ts';
import type { DaySet } from './day-set.ts';
import { PhasegateError } from './errors.ts';
import { fingerprint } from './fingerprint.ts';
import type { TableName } from './ids.ts';
import { OUTCOMES, type OutcomeDays } from './outcome.ts';
import type { Plan } from './plan.ts';
import { canonicalText } from './request.ts';
import type { RunRequest } from './run.ts';

/** What a plan rests on, in the order of the groups of its hash. */
const PARTS = [
  'the pipeline definition',
  'the request',
  'the expected days',
  'the outcomes of the days',
  'the days to write',
] as const;
export type PlanPart = (typeof PARTS)[number];

const SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{8}){4}$/;

/**
 * Names a plan by everything that decides it: equal worlds give equal hashes. Five groups of eight
 * hexadecimal digits, one for each thing that it rests on, so that two hashes tell what differs.
 *
 * @param outcomes of every table of the run, as the plan was made from them
 */
export function planHashOf(
  definitionHash: string,
  request: RunRequest,
  calendar: Calendar,
  outcomes: Readonly<Record<TableName, OutcomeDays>>,
  plan: Plan,
): string {
  const parts: Readonly<Record<PlanPart, string>> = {
    'the pipeline definition': definitionHash,
    'the request': canonicalText(request),
    'the expected days': JSON.stringify(calendar.seasons.map(seasonParts)),
    'the outcomes of the days': JSON.stringify(byName(Object.entries(outcomes)).map(outcomeParts)),
    'the days to write': JSON.stringify(
      byName([...plan]).map(([table, days]) => [table, spanParts(days)]),
    ),
  };
  return PARTS.map((part) => fingerprint(parts[part]).slice(0, 8)).join('-');
}

/** What of a plan is not as it was; nothing when both hashes name the same plan. */
export function changedParts(before: string, now: string): readonly PlanPart[] {
  const then = before.split('-');
  return now.split('-').flatMap((group, index) => {
    const part = PARTS[index];
    return part === undefined || then[index] === group ? [] : [part];
  });
}

/** @throws PhasegateError `invalid-input` for a text that is no plan hash */
export function parsePlanHash(text: string): string {
  if (SHAPE.test(text)) return text;
  throw new PhasegateError(
    'invalid-input',
    `${JSON.stringify(text)} is not a plan hash; accepted: five groups of eight hexadecimal digits, as \`phasegate plan\` prints them`,
  );
}

function seasonParts({ season, start, days, excluded }: Calendar['seasons'][number]) {
  return [season, start, spanParts(days), spanParts(excluded)];
}

function outcomeParts([table, outcomes]: readonly [string, OutcomeDays]) {
  const known = OUTCOMES.filter((outcome) => (outcomes[outcome] ?? []).length > 0);
  return [table, known.map((outcome) => [outcome, spanParts(outcomes[outcome] ?? [])])];
}

function spanParts(days: DaySet) {
  return days.map(({ from, to }) => [from, to]);
}

function byName<Value>(entries: readonly (readonly [string, Value])[]) {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
