import { DEFAULT_PIPELINE } from '../adapters/command-in.ts';
import { PhasegateError } from '../core/errors.ts';
import { CLOUD } from '../core/view/in-world.ts';

/** Commands that reach a local world only, and what does their work in the cloud. */
const INSTEAD: Readonly<Record<string, string>> = {
  up: 'its functions are always up',
  load: 'its raw tables are in BigQuery, and are filled by what fills them there',
  plan: '`npx phasegate start --world gcp` refuses what stands in its way, and writes only days that are not verified',
  gate: '`npx phasegate report RUN --world gcp` shows what the gates of a run found',
  explain: '`npx phasegate report RUN --world gcp` shows what the gates of a run found',
  'dead list': '`gcloud pubsub subscriptions pull phasegate-start-dead` shows what died on a topic',
  'dead replay': 'publish the message again with `gcloud pubsub topics publish`',
  demo: 'it makes a world of its own, in an empty directory',
};

/** Options that a local world alone knows, and why. */
const LOCAL_OPTIONS: Readonly<Record<string, string>> = {
  by: 'who calls is kept as who asked',
  follow: 'watch it with `npx phasegate watch RUN --world gcp`',
  overlay: 'the pipeline is the one that is deployed',
  date: 'the schedule of a monitor is called as of now',
};

/** Commands that name a pipeline only to read its file. */
const READS_FILE = [
  'health',
  'schedules list',
  'schedules pause',
  'schedules resume',
  'schedules run',
];

/**
 * Refuses a command, or an option, that does not reach the world it is for.
 *
 * @param command with its parent's name: `dead list`
 * @throws PhasegateError `invalid-input` saying which world it reaches, and what to do instead
 */
export function refuseOutOfReach(
  command: string,
  options: Readonly<Record<string, unknown>>,
): void {
  if (options.world !== CLOUD) return;
  const instead = INSTEAD[command];
  if (instead !== undefined) {
    throw refused(
      `${command} reaches local worlds only, --world local:DIR; in the cloud: ${instead}`,
    );
  }
  for (const [option, why] of Object.entries(LOCAL_OPTIONS)) {
    if (options[option] !== undefined) {
      throw refused(`--${option} is for local worlds; in the cloud leave it out: ${why}`);
    }
  }
  if (READS_FILE.includes(command) && options.pipeline !== DEFAULT_PIPELINE) {
    throw refused(
      `--pipeline is for local worlds; in the cloud leave it out: ${LOCAL_OPTIONS.overlay}`,
    );
  }
}

const refused = (message: string) => new PhasegateError('invalid-input', message);
