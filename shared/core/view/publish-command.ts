import type { RunRequest } from '../run.ts';

/** What a start message asks for; `phases` absent for all. */
export type Agreed = Readonly<
  Omit<RunRequest, 'phases'> & { phases?: RunRequest['phases'] | undefined; plan: string }
>;

/** Stands for the address of a bus that nobody runs now. */
const NO_ADDRESS = 'ADDRESS';

/**
 * The start message of a plan as one line of a shell, for the bus of a local world.
 *
 * @param busUrl without a slash at its end; null: nothing runs the world now
 */
export function publishCommand(agreed: Agreed, busUrl: string | null): string {
  const { pipeline, from, to, phases, mode, plan } = agreed;
  const message = {
    pipeline,
    from,
    to,
    ...(phases === undefined ? {} : { phases }),
    ...(mode === 'missing' ? {} : { mode }),
    plan,
  };
  return [
    `CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB=${busUrl ?? NO_ADDRESS}/`,
    'gcloud pubsub topics publish phasegate-start --project=local',
    `--message=${quoted(JSON.stringify(message))}`,
  ].join(' ');
}

/** One word of a POSIX shell, whatever stands in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
