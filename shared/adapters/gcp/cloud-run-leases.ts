import { z } from 'zod';
import { PhasegateError } from '../../core/errors.ts';
import type { LaunchId } from '../../core/ids.ts';

/**
 * Remembers one text for each launch, as durably as runs are remembered. A version is whatever tells one content
 * of a launch's text from all others. Not the fence (`RunStore.claim`), which belongs to jobs.
 *
 * Any method may throw PhasegateError `unavailable`; a write that threw it may still have been written.
 */
export interface LaunchLeases {
  /** Null when this launch has no text. */
  read(launch: LaunchId): Promise<Readonly<{ text: string; version: string }> | null>;

  /** @returns the version written; null when the launch has a text: then nothing changed */
  create(launch: LaunchId, text: string): Promise<string | null>;

  /** @returns the version written; null when the text is no longer at `version`: then nothing changed */
  update(launch: LaunchId, text: string, version: string): Promise<string | null>;
}

const instant = z.iso.datetime();

const schema = z.strictObject({
  job: z.string(),
  /** When this lease was first written: no execution of the launch is older. */
  since: instant,
  /**
   * Until then only the one who wrote this may start an execution, and one that it did start may still come
   * to light. Null: nobody has tried.
   */
  heldUntil: instant.nullable(),
  /** The one execution of this launch that counts. */
  execution: z.string().nullable(),
  /** It was asked to stop; where there is no execution, none may begin. */
  isCancelled: z.boolean(),
  /** Cloud Run was told to stop the execution. */
  isStopSent: z.boolean(),
  /** How the execution ended, kept for when Cloud Run has forgotten it. */
  ended: z.enum(['succeeded', 'failed']).nullable(),
});

export type Lease = Readonly<z.output<typeof schema>>;

/** A lease as it was read; `change` writes only onto this very content. */
export type HeldLease = Readonly<{ launch: LaunchId; lease: Lease; version: string }>;

export async function findLease(store: LaunchLeases, launch: LaunchId): Promise<HeldLease | null> {
  const kept = await store.read(launch);
  if (kept === null) return null;
  return { launch, lease: readLease(launch, kept.text), version: kept.version };
}

/** Null when the launch has a lease. */
export async function createLease(
  store: LaunchLeases,
  launch: LaunchId,
  first: Pick<Lease, 'job' | 'since'> & Partial<Lease>,
): Promise<HeldLease | null> {
  const lease: Lease = {
    heldUntil: null,
    execution: null,
    isCancelled: false,
    isStopSent: false,
    ended: null,
    ...first,
  };
  const version = await store.create(launch, JSON.stringify(lease));
  return version === null ? null : { launch, lease, version };
}

/** Null when somebody else wrote in between. */
export async function changeLease(
  store: LaunchLeases,
  { launch, lease, version }: HeldLease,
  change: Partial<Lease>,
): Promise<HeldLease | null> {
  const next = { ...lease, ...change };
  const written = await store.update(launch, JSON.stringify(next), version);
  return written === null ? null : { launch, lease: next, version: written };
}

function readLease(launch: LaunchId, text: string): Lease {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new PhasegateError('bug', `the lease of launch ${launch} cannot be read`, error);
  }
}
