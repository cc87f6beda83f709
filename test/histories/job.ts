import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/**
 * A job of the release under `HISTORY_TREE`, of which one table's attempts end as `HISTORY_ENDS` says: a number is
 * an exit code without any work, `half` leaves out the third day and the last, `wait` works once the file
 * `HISTORY_GATE` is there, `hang` never ends; the attempts after these do what they should.
 */
const {
  HISTORY_ENDS = '',
  HISTORY_GATE = '',
  HISTORY_TREE = '',
  PHASEGATE_LAUNCH = '',
} = process.env;
const attempt = Number(PHASEGATE_LAUNCH.split('.').at(-1));
const end = process.argv[3] === 'analytics.team_games' ? HISTORY_ENDS.split(',')[attempt - 1] : '';

if (end === 'hang') await pause(600_000);
else if (end === 'wait') while (!existsSync(HISTORY_GATE)) await pause(20);
else if (end === 'half') process.env.PHASEGATE_DAYS = '2022-01-01..2022-01-02,2022-01-04';

if (/^\d+$/.test(end ?? '')) process.exitCode = Number(end);
else await import(pathToFileURL(`${HISTORY_TREE}/shared/cli/main.ts`).href);
