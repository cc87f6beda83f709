import { PhasegateError } from '../../../core/errors.ts';

/** Keeps query jobs running for as long as somebody likes: what a slow query looks like from outside. */
export type Holds = Readonly<{
  /** The job of this id, started now or later, does its work only after the returned function was called. */
  hold: (jobId: string) => () => void;
  /** Resolves when nobody holds the job; rejects with `unavailable` when the warehouse closes first. */
  released: (jobId: string | undefined) => Promise<void>;
  close: () => void;
}>;

export function openHolds(): Holds {
  const held = new Map<string, PromiseWithResolvers<void>>();
  return {
    hold: (jobId) => {
      const hold = Promise.withResolvers<void>();
      hold.promise.catch(() => undefined);
      held.set(jobId, hold);
      return () => {
        held.delete(jobId);
        hold.resolve();
      };
    },
    released: async (jobId) => held.get(jobId ?? '')?.promise,
    close: () => {
      const closing = new PhasegateError('unavailable', 'the warehouse is being closed');
      for (const { reject } of held.values()) reject(closing);
    },
  };
}
