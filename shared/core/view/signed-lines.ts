import type { RunState } from '../run.ts';

/** What people did to a run: a pause that holds, overrides, sign-offs. */
export function signedLines({ paused, overrides, signOffs }: RunState): string[] {
  const why = (reason: string) => (reason === '' ? '' : `: ${reason}`);
  return [
    ...(paused === null
      ? []
      : [`paused by ${paused.by || 'nobody named'} at ${paused.at}${why(paused.reason)}`]),
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
