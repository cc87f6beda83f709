import type { Pipeline } from './pipeline.ts';
import type { Problem } from './problem.ts';

/** Seasons that an overlay lets begin later than their pipeline does: days would be expected no longer, and nobody says why. */
export function laterStarts({ calendar, ownCalendar }: Pipeline): readonly Problem[] {
  return ownCalendar.seasonStarts.flatMap(({ season, start }) => {
    const laid = calendar.seasonStarts.find((each) => each.season === season);
    return laid === undefined || laid.start <= start
      ? []
      : [
          {
            path: ['calendar', 'seasonStarts', String(season)],
            message: `season ${season} starts on ${laid.start}, after ${start} in the pipeline; accepted: seasons that the pipeline does not declare, or days up to ${start}. Leave days out by an exclusion, which has a reason`,
          },
        ];
  });
}
