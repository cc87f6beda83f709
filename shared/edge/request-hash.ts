import { createHash } from 'node:crypto';
import { canonicalText } from '../core/request.ts';
import type { RunRequest } from '../core/run.ts';

/** The eight digits by which a run is named after its request. */
export function requestHash(request: RunRequest): string {
  return createHash('sha256').update(canonicalText(request)).digest('hex').slice(0, 8);
}
