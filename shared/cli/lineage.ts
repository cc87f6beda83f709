import { keptEvidence } from '../adapters/lineage/kept-evidence.ts';
import { lineagePlace } from '../adapters/lineage/lineage-place.ts';
import { sendEvents } from '../adapters/lineage/send-events.ts';
import { PROJECT } from '../adapters/local/world-parts.ts';
import { pinnedPipelines } from '../adapters/pinned-pipelines.ts';
import { PhasegateError } from '../core/errors.ts';
import { parseRunId, type RunId } from '../core/ids.ts';
import type { LineageEvent } from '../core/lineage/lineage-event.ts';
import { counted } from '../core/view/counted.ts';
import { inWorld } from '../core/view/in-world.ts';
import { type LineageTarget, readLineageTarget } from '../edge/lineage-target.ts';
import { readLineage } from '../shell/read-lineage.ts';
import { cloudOf } from './cloud.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { pinnedRun } from './pinned.ts';
import { withWorld } from './with-world.ts';

export type LineageOptions = Readonly<{ world: string; json?: boolean; send?: boolean }>;

/** A run as events of OpenLineage: told here, or with `send` told to the receiver that the environment names. */
export async function lineage(
  name: string,
  { world, json, send }: LineageOptions,
  output: Output,
): Promise<ExitCode> {
  const run = parseRunId(name);
  const target = readLineageTarget(process.env, 'phasegate');
  if (send === true && target.url === null) {
    const again = inWorld(`npx phasegate lineage ${run} --send`, world);
    const message = `nobody receives lineage; name the receiver: \`OPENLINEAGE_URL=https://marquez.example.com ${again}\``;
    throw new PhasegateError('invalid-input', message);
  }
  const events = await eventsOf(run, world, target, output);
  if (send === true) return sent(events, { run, world, json, target }, output);
  for (const event of events) {
    if (json === true) output.json(event);
    else output.line(lineOf(event));
  }
  return 0;
}

async function eventsOf(
  run: RunId,
  world: string,
  target: LineageTarget,
  output: Output,
): Promise<readonly LineageEvent[]> {
  const { definition } = await pinnedRun(run, world);
  const cloud = cloudOf(world);
  if (cloud !== null) return cloud.lineage(run);
  const place = { world, definition, make: false, launches: false, anyDefinition: true };
  return withWorld(place, output, async ({ runs, evidence }) => {
    const kept = keptEvidence(evidence.store);
    const pipelineOf = pinnedPipelines(runs);
    const found = await readLineage({ runs, pipelineOf }, lineagePlace(target, PROJECT), kept, run);
    if (found === null) throw new PhasegateError('bug', `run ${run} vanished`);
    return found;
  });
}

type Sending = Readonly<{
  run: RunId;
  world: string;
  json: boolean | undefined;
  target: LineageTarget;
}>;

async function sent(
  events: readonly LineageEvent[],
  { run, world, json, target }: Sending,
  output: Output,
): Promise<ExitCode> {
  const { taken, trouble } = await sendEvents(target, events);
  if (json === true) output.json({ run, events: events.length, taken, trouble });
  else output.line(`${taken} of ${counted(events.length, 'event')} sent`);
  if (trouble === null) return 0;
  output.note(trouble);
  output.note(`again: ${inWorld(`npx phasegate lineage ${run} --send`, world)}`);
  return 3;
}

/** `2022-01-11T09:00:00.000Z START nba.nba_analytics.player_game_summary`, as wide as it is. */
function lineOf({ eventTime, eventType, job }: LineageEvent): string {
  return `${eventTime} ${eventType.padEnd(8)} ${job.name}`;
}
