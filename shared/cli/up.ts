import { once } from 'node:events';
import { openRuns } from '../adapters/local/open-runs.ts';
import { readDefinitionFiles } from '../adapters/pipeline-files.ts';
import { PhasegateError } from '../core/errors.ts';
import { inWorld } from '../core/view/in-world.ts';
import { abandonedLines, statesIn } from './abandoned.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { refuseWithoutCommand } from './programs.ts';
import { type WorldOptions, withWorld } from './with-world.ts';
import { worldDirectory } from './world-directory.ts';

export type UpOptions = WorldOptions & Readonly<{ port?: string }>;

/** Runs the local world until Ctrl-C; then says which runs wait, and what goes on with them. */
export async function up(options: UpOptions, output: Output): Promise<ExitCode> {
  const definition = readDefinitionFiles(options);
  refuseWithoutCommand(definition.pipeline);
  const port = portOf(options);
  const place = { world: options.world, definition, make: true, launches: true, port };
  const code = await withWorld<ExitCode>(place, output, async ({ isOwner, owner }, interrupted) => {
    if (!isOwner) {
      const see = inWorld('npx phasegate status', options.world);
      output.note(`process ${owner.pid} already runs ${worldDirectory(options.world)}`);
      output.note(`see its runs with: ${see}`);
      return 1;
    }
    output.line(
      `world ${worldDirectory(options.world)} is up (process ${owner.pid}); Ctrl-C stops it`,
    );
    output.line(`page: ${owner.busUrl}/`);
    output.line(
      `bus: ${owner.busUrl} (publish with gcloud: CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB=${owner.busUrl}/)`,
    );
    output.line(`warehouse: ${owner.warehouseUrl} (BigQuery's protocol)`);
    if (!interrupted.aborted) await once(interrupted, 'abort');
    return 0;
  });
  for (const line of await leftLines(options.world)) output.note(line);
  return code;
}

/** @throws PhasegateError `invalid-input` for what is no port */
function portOf({ port }: UpOptions): number | null {
  if (port === undefined) return null;
  const number = Number(port);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
  throw new PhasegateError('invalid-input', `--port ${port} is no port; accepted: 1 to 65535`);
}

/** The runs that nobody carries now, each with the command that goes on with it. */
async function leftLines(world: string): Promise<readonly string[]> {
  const opened = openRuns(worldDirectory(world));
  if (opened === null) return [];
  try {
    return abandonedLines(await statesIn(opened.runs), world);
  } finally {
    opened.close();
  }
}
