import { topicName } from '../../core/cloud-names.ts';
import type { LineagePlace } from '../../core/lineage/lineage-event.ts';
import type { CloudConfig } from '../../edge/cloud-config.ts';
import { readLineageTarget } from '../../edge/lineage-target.ts';
import { keptEvidence } from '../lineage/kept-evidence.ts';
import { lineagePlace } from '../lineage/lineage-place.ts';
import { type LineageTeller, lineageTeller } from '../lineage/lineage-teller.ts';
import type { Log } from './log.ts';
import type { CloudWorld } from './world.ts';

/**
 * Who is told of runs in the cloud, in a namespace by the environment's name unless another is given; what was not told is
 * logged as `lineage-lost`.
 *
 * @throws PhasegateError `invalid-input` where the environment names no receiver that there could be
 */
export function cloudLineage(
  environment: Readonly<Record<string, string | undefined>>,
  config: CloudConfig,
  world: CloudWorld,
  log: Log,
): Readonly<{ place: LineagePlace; teller: LineageTeller | null }> {
  const target = readLineageTarget(environment, topicName('phasegate', config.environment));
  const place = lineagePlace(target, config.project);
  const teller = lineageTeller({
    place,
    target,
    pipelineOf: world.pipelineOf,
    evidenceOf: keptEvidence(world.evidence.store),
    note: (message, run) => log('WARNING', 'lineage-lost', message, { run }),
  });
  return { place, teller };
}
