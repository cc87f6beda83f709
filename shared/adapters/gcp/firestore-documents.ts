import type { DocumentSnapshot, Timestamp } from '@google-cloud/firestore';
import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import type { RunId } from '../../core/ids.ts';
import { documentId, hashOf } from './firestore-ids.ts';

const timestamp = z.custom<Timestamp>(
  (value) => typeof value === 'object' && value !== null && 'toDate' in value,
);

/**
 * What a run's document says without its state. `moving`: not at rest, or a fact came since. `resting`: at rest, with
 * promises perhaps. `over`: at rest and nothing left, until the next fact.
 */
export const standing = z.enum(['moving', 'resting', 'over']);
export type Standing = z.output<typeof standing>;

export const runDocument = z.object({
  version: z.number(),
  state: z.string().nullable(),
  changed: timestamp,
  /** Absent in a document of a release before. */
  standing: standing.optional(),
});
export const factDocument = z.object({ id: z.string(), event: z.string() });
export const promiseDocument = z.object({ seq: z.number(), effect: z.string() });
export const definitionDocument = z.object({ text: z.string() });
export const monitorDocument = z.object({ version: z.number(), state: z.string() });
export const alertDocument = z.object({ version: z.number(), record: z.string() });
export const pauseDocument = z.object({
  reason: z.string(),
  until: z.string(),
  /** Absent where an earlier version kept it. */
  by: z.string().default(''),
});
export const claimDocument = z.object({ execution: z.string() });
export const lockDocument = z.object({
  held: z.array(
    z.object({
      launch: z.string(),
      run: z.string(),
      days: z.string(),
      /** Absent where an earlier version took it. */
      token: z.string().default(''),
    }),
  ),
});

export const pathOf = {
  definition: (hash: string) => `definitions/${documentId(hash)}`,
  run: (run: RunId) => `runs/${documentId(run)}`,
  facts: (run: RunId) => `runs/${documentId(run)}/facts`,
  fact: (run: RunId, id: string) => `runs/${documentId(run)}/facts/${documentId(id)}`,
  outbox: (run: RunId) => `runs/${documentId(run)}/outbox`,
  promise: (run: RunId, seq: number) => `runs/${documentId(run)}/outbox/${seq}`,
  lock: (table: string) => `locks/${documentId(table)}`,
  claim: (launch: string) => `leases/${documentId(launch)}`,
  monitor: (name: string) => `monitors/${documentId(name)}`,
  pause: (name: string) => `pauses/${documentId(name)}`,
  alert: (id: string) => `alerts/${hashOf(id)}`,
};

/** @throws PhasegateError `bug` when somebody else wrote it */
export function fieldsOf<Schema extends z.ZodType>(
  schema: Schema,
  document: DocumentSnapshot,
): z.output<Schema> {
  const { success, data, error } = schema.safeParse(document.data());
  if (success) return data;
  throw new PhasegateError('bug', `${document.ref.path} is not as we write it`, error);
}
