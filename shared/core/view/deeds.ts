import type { RunId } from '../ids.ts';
import type { Instant } from '../run.ts';
import type { Asking, RunEvent } from '../run-event.ts';

/** What a person did to a run. */
export type Deed = Readonly<{ run: RunId; at: Instant; asking: Asking }>;

/** What people asked of runs, the latest first; of runs that were only started nothing. */
export function deedsOf(
  stories: readonly Readonly<{ run: RunId; events: readonly RunEvent[] }>[],
): readonly Deed[] {
  const all = stories.flatMap(({ run, events }) =>
    events.flatMap((event) => (isAsking(event) ? [{ run, at: event.at, asking: event }] : [])),
  );
  return all.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function isAsking(event: RunEvent): event is Asking {
  switch (event.type) {
    case 'repair-requested':
    case 'retry-requested':
    case 'cancel-requested':
    case 'pause-requested':
    case 'resume-requested':
    case 'override-signed':
    case 'signed-off':
      return true;
    default:
      return false;
  }
}
