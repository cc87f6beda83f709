import type { LineagePlace } from '../../core/lineage/lineage-event.ts';
import { type LineageTarget, uuidIn } from '../../edge/lineage-target.ts';

/** @param project in which the warehouse's datasets are */
export function lineagePlace({ namespace }: LineageTarget, project: string): LineagePlace {
  return { namespace, project, uuidOf: uuidIn(namespace) };
}
