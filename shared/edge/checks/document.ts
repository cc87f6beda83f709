import { z } from 'zod';
import type { Check } from '../../core/check.ts';
import type { Base, Share, Thresholds } from '../../core/checks/base.ts';
import { normalize, parseDaySet } from '../../core/day-set.ts';
import type { Day } from '../../core/days.ts';
import { parsePercent } from '../../core/percent.ts';
import { count, daySpan, percent, sql, word } from './words.ts';

/** What a check may know of the relation that it belongs to. */
export type CheckPlace = Readonly<{
  name: string;
  key: readonly string[];
  day: string;
  /** The day column of a table or source of the pipeline; the empty text where there is none. */
  dayOf: (relation: string) => string;
  /** First days of the seasons, the oldest first. */
  seasonStarts: readonly Day[];
}>;

const base = {
  id: word.describe('Unique within its table'),
  severity: z
    .enum(['block', 'warn'])
    .default('block')
    .describe('What a FAIL does: block holds the gate, warn makes it WARN'),
  applies: daySpan.optional().describe('Counts only when the judged range covers these days whole'),
};

/** The fields of a share over the range and on each day. */
export const thresholdFields = {
  atLeastPercent: percent,
  perDayPercent: percent.optional().describe('Threshold of each day; default: atLeastPercent'),
  minimumPopulation: count
    .min(1)
    .default(1)
    .describe('With fewer eligible units in the range nothing is shown: UNKNOWN'),
  minimumPerDay: count
    .default(0)
    .describe('A day with rows and fewer eligible units shows nothing: UNKNOWN'),
};

/** The fields of a share that is meant to be whole unless the file says otherwise. */
export const wholeFields = { ...thresholdFields, atLeastPercent: percent.default(100) };

/** The fields of a share of rows. */
export const shareFields = {
  where: sql.optional().describe('Which rows are eligible; default: all'),
  ...thresholdFields,
};

/**
 * One kind of check as the file writes it, and how it becomes the value that is judged.
 *
 * @param refusal what is wrong with fields that are right one by one; null when nothing is
 */
export function checkDocument<Kind extends Check['kind'], Shape extends z.core.$ZodLooseShape>(
  kind: Kind,
  shape: Shape,
  build: (
    document: z.output<z.ZodObject<Shape>> & BaseDocument,
    place: CheckPlace,
  ) => Omit<Extract<Check, { kind: Kind }>, keyof Base | 'kind'>,
  refusal: (document: z.output<z.ZodObject<Shape>>) => string | null = () => null,
) {
  const refuse = (document: unknown, context: z.RefinementCtx) => {
    const message = refusal(document as z.output<z.ZodObject<Shape>>);
    if (message !== null) context.addIssue({ code: 'custom', message });
  };
  const fields = { kind: z.literal(kind), ...base, ...shape };
  const own = z.strictObject(fields).superRefine(refuse);
  return {
    schema: z
      .strictObject({ ...fields, daily: dailyFields.optional() })
      .superRefine(refuse)
      .superRefine((document, context) => refuseDaily(own, document, context)),
    build: (document: never, place: CheckPlace): Check =>
      ({ ...baseOf(document), kind, ...build(document, place) }) as unknown as Check,
  };
}

const dailyFields = z
  .union([z.literal(false), z.record(z.string(), z.unknown())])
  .describe(
    'Fields that are otherwise under policy daily, in a look at the last days; false: not looked at there',
  );

function refuseDaily(own: z.ZodType, document: object, context: z.RefinementCtx): void {
  const { daily } = document as { daily?: object | false };
  if (daily === undefined || daily === false) return;
  for (const field of ['id', 'kind'].filter((each) => each in daily)) {
    const message = 'says which check it is; accepted: what it asks for, such as atLeastPercent';
    context.addIssue({ code: 'custom', path: ['daily', field], message });
  }
  const { error } = own.safeParse(underDaily(document));
  for (const { path, message } of error?.issues ?? []) {
    context.addIssue({ code: 'custom', path: ['daily', ...path], message });
  }
}

/** The check as it is under policy `daily`, where it counts there. */
export function underDaily<Document extends object>(document: Document): Document {
  const { daily, ...rest } = document as { daily?: object | false };
  return { ...rest, ...daily } as Document;
}

type BaseDocument = z.output<z.ZodObject<typeof base>>;

function baseOf({ id, severity, applies }: BaseDocument): Base {
  const spans = applies === undefined ? [] : parseDaySet(applies);
  return { id, severity, applies: normalize(spans)[0] ?? null };
}

type ThresholdDocument = z.output<z.ZodObject<typeof thresholdFields>>;

export function thresholdsOf(document: ThresholdDocument): Thresholds {
  const { atLeastPercent, perDayPercent, minimumPopulation, minimumPerDay } = document;
  return {
    atLeast: parsePercent(atLeastPercent),
    perDay: parsePercent(perDayPercent ?? atLeastPercent),
    minimumPopulation,
    minimumPerDay,
  };
}

export function shareOf(
  document: ThresholdDocument & { where?: string | undefined },
): Omit<Share, keyof Base> {
  return { where: document.where ?? null, ...thresholdsOf(document) };
}
