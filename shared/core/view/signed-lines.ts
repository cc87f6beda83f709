import type { RunState } from '../run.ts';
import type { Signed } from '../run-event.ts';

/** What people did to a run: a pause that holds, overrides, sign-offs. */
export function signedLines({ paused, overrides, signOffs }: RunState): string[] {
  return [
    ...(paused === null ? [] : [pausedLine(paused)]),
    ...overrides.map(
      ({ table, by, until, reason }) =>
        `override of ${table} by ${by} until ${until}${why(reason)}`,
    ),
    ...signOffs.map(
      ({ by, at, reason, evidence }) =>
        `signed off by ${by} at ${at}, on ${Object.keys(evidence).length} pieces of evidence${why(reason)}`,
    ),
  ];
}

/** Who paused a run, when and why. */
export function pausedLine({ by, at, reason }: Signed): string {
  return `paused by ${by || 'nobody named'} at ${at}${why(reason)}`;
}

function why(reason: string): string {
  return reason === '' ? '' : `: ${reason}`;
}
