import { once } from 'node:events';
import { readDefinitionFiles } from './definition.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { type WorldOptions, withWorld } from './with-world.ts';
import { worldDirectory } from './world-directory.ts';

/** Runs the local world until Ctrl-C. */
export async function up(options: WorldOptions, output: Output): Promise<ExitCode> {
  const place = {
    world: options.world,
    definition: readDefinitionFiles(options),
    make: true,
    launches: true,
  };
  return withWorld(place, output, async ({ isOwner, owner }, interrupted) => {
    if (!isOwner) {
      output.note(`process ${owner.pid} already runs ${worldDirectory(options.world)}`);
      return 1;
    }
    output.line(
      `world ${worldDirectory(options.world)} is up (process ${owner.pid}); Ctrl-C stops it`,
    );
    output.line(
      `bus: ${owner.busUrl} (publish with gcloud: CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB=${owner.busUrl}/)`,
    );
    output.line(`warehouse: ${owner.warehouseUrl} (BigQuery's protocol)`);
    if (!interrupted.aborted) await once(interrupted, 'abort');
    return 0;
  });
}
