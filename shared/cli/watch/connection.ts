import { isKind } from '../../core/errors.ts';
import type { ProgressEvent } from '../../core/view/progress-events.ts';
import type { Watching } from './watching.ts';

type Seen = Awaited<ReturnType<Watching['look']>>;

/**
 * Looks at a run, and says once when it cannot be looked at or nobody carries it any more, and once when that is over.
 *
 * @param outlasts false: a look that fails throws, and of carriers nothing is said
 */
export function connection(
  watching: Watching,
  outlasts: boolean,
  tell: (event: ProgressEvent) => void,
): Readonly<{ look(at: string): Promise<Seen> }> {
  const { run } = watching;
  let lost: string | null = null;
  let carrier = watching.carrier();
  const lose = (why: string, at: string) => {
    if (lost === null) tell({ run, at, event: 'connection-lost', message: why });
    lost = why;
  };
  const restore = (message: string, at: string) => {
    if (lost !== null) tell({ run, at, event: 'connection-restored', message });
    lost = null;
  };
  const tellCarrier = (at: string, isOver: boolean) => {
    const now = watching.carrier();
    if (now === null) {
      if (!isOver)
        lose(
          `${carrier ?? 'who carried it'} is gone, and nobody carries ${run} on; waiting for somebody who does`,
          at,
        );
      return;
    }
    restore(`${now} carries ${run} on`, at);
    carrier = now;
  };
  return {
    async look(at) {
      if (!outlasts) return watching.look();
      try {
        const seen = await watching.look();
        tellCarrier(at, seen !== null && seen.state.endedAt !== null);
        return seen;
      } catch (error) {
        if (!isKind(error, 'unavailable')) throw error;
        lose(`${error.message}; asking again`, at);
        return null;
      }
    },
  };
}
