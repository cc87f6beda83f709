import { formatDaySet } from '../day-set.ts';
import type { Exclusion, Pipeline } from '../pipeline.ts';

/** What an overlay takes from the promises of its pipeline: each exclusion and waiver, with its reason. */
export function overlayLines(own: Pipeline, laid: Pipeline): readonly string[] {
  const exclusions = laid.calendar.exclusions.slice(own.calendar.exclusions.length);
  const waivers = laid.waivers.slice(own.waivers.length);
  return [
    ...exclusions.map(
      (exclusion) => `overlay: ${sayWhat(exclusion)} not expected: ${exclusion.reason}`,
    ),
    ...waivers.map(
      ({ table, check, days, who, until, reason }) =>
        `overlay: ${table} ${check} waived on ${formatDaySet(days).join(', ')} by ${who} until ${until}: ${reason}`,
    ),
  ];
}

function sayWhat({ days, seasonTypes }: Exclusion): string {
  return [
    ...(seasonTypes.length === 0 ? ['games'] : [`${seasonTypes.join(' and ')} games`]),
    ...(days === null ? [] : [`on ${formatDaySet(days).join(', ')}`]),
  ].join(' ');
}
