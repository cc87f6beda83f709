import { z } from 'zod';
import type { AlertRecord } from '../core/alerts/alert-record.ts';
import { PhasegateError } from '../core/errors.ts';

const instant = z.iso.datetime();

const schema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('told'),
    keys: z.array(z.string()),
    toldAt: instant.nullable(),
    claimedAt: instant.nullable(),
  }),
  z.object({
    what: z.literal('health'),
    failedSince: instant.nullable(),
    why: z.string(),
    isTold: z.boolean(),
  }),
  z.object({ what: z.literal('tested'), channels: z.array(z.string()) }),
]);

export const writeAlertRecord = (record: AlertRecord): string => JSON.stringify(record);

/** @throws PhasegateError `bug` for what `writeAlertRecord` did not write */
export function readAlertRecord(text: string): AlertRecord {
  const { success, data, error } = schema.safeParse(JSON.parse(text));
  if (success) return data;
  throw new PhasegateError('bug', 'what was kept of an alert is not as we write it', error);
}
