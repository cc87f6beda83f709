import { OF_ALERTS } from './bugs/alerts.ts';
import { CLOUD } from './bugs/cloud.ts';
import { COMPARISONS } from './bugs/comparisons.ts';
import { DEFINITIONS } from './bugs/definitions.ts';
import { DENOMINATORS } from './bugs/denominators.ts';
import { OF_THE_DOCTOR } from './bugs/doctor.ts';
import { OF_THE_GRID } from './bugs/grid.ts';
import { OF_LOOKS } from './bugs/looks.ts';
import { OF_MONITORS } from './bugs/monitors.ts';
import { OF_PAGES } from './bugs/pages.ts';
import { OF_PICTURES } from './bugs/pictures.ts';
import { OF_PLANS } from './bugs/plans.ts';
import { OF_PROGRAMS } from './bugs/programs.ts';
import { REACHING_THE_CLOUD } from './bugs/reaching-the-cloud.ts';
import { READINGS } from './bugs/readings.ts';
import { RUNS } from './bugs/runs.ts';
import { SHELL_OF_RUNS } from './bugs/shell-of-runs.ts';
import { OF_STARTS } from './bugs/starts.ts';
import { TOLD_OUTSIDE } from './bugs/told-outside.ts';
import { VERDICTS } from './bugs/verdicts.ts';
import { WATCH_AND_REPORT } from './bugs/watch-and-report.ts';
import type { PlantedBug } from './planted-bug.ts';

/** The bugs that let the crisis through, and their neighbours. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...VERDICTS,
  ...DENOMINATORS,
  ...READINGS,
  ...COMPARISONS,
  ...DEFINITIONS,
  ...RUNS,
  ...SHELL_OF_RUNS,
  ...OF_STARTS,
  ...OF_PLANS,
  ...CLOUD,
  ...REACHING_THE_CLOUD,
  ...OF_MONITORS,
  ...OF_PROGRAMS,
  ...OF_ALERTS,
  ...OF_LOOKS,
  ...OF_THE_GRID,
  ...OF_PAGES,
  ...OF_PICTURES,
  ...TOLD_OUTSIDE,
  ...OF_THE_DOCTOR,
  ...WATCH_AND_REPORT,
];
