import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, failsAsAWhole, isUnknown, passes } from '../expectation.ts';
import { GAMEBOOK, OFFENSE, PLAYERS, SCHEDULE } from '../relations.ts';

/** Tables and columns that are not as declared. */
export const shape: readonly Defect[] = [
  minutesAsText,
  aColumnRenamed,
  twoColumnsSwapped,
  aColumnDropped,
  aColumnWidened,
  aDateAsText,
  aTableDropped,
  aSourceDropped,
  theScheduleDropped,
].map((damage) => defectOf(damage));

const thereIsNo = (table: string) => new RegExp(`there is no table ${table}`);

async function minutesAsText({ run }: Scene): Promise<Damage> {
  await run(`ALTER TABLE ${PLAYERS} ALTER COLUMN minutes_played TYPE VARCHAR`);
  return { caught: [failsAsAWhole(PLAYERS, 'schema')] };
}

async function aColumnRenamed({ run }: Scene): Promise<Damage> {
  await run(`ALTER TABLE ${PLAYERS} RENAME COLUMN usage_rate TO usage_pct`);
  return {
    caught: [
      failsAsAWhole(PLAYERS, 'schema'),
      isUnknown(PLAYERS, 'usage-rate-filled', /evaluated: .*"usage_rate" not found/),
      passes(PLAYERS, 'minutes-filled'),
      passes(PLAYERS, 'both-teams'),
    ],
  };
}

/** Each name holds the other column's values; names and types are as declared. */
async function twoColumnsSwapped({ daysOf, run }: Scene): Promise<Damage> {
  await run(`ALTER TABLE ${PLAYERS} RENAME COLUMN points TO swapped`);
  await run(`ALTER TABLE ${PLAYERS} RENAME COLUMN assists TO points`);
  await run(`ALTER TABLE ${PLAYERS} RENAME COLUMN swapped TO assists`);
  return {
    caught: [passes(PLAYERS, 'schema'), fails(PLAYERS, 'points-of-team', daysOf(PLAYERS))],
  };
}

async function aColumnDropped({ run }: Scene): Promise<Damage> {
  await run(`ALTER TABLE ${OFFENSE} DROP COLUMN turnovers`);
  return {
    caught: [
      failsAsAWhole(OFFENSE, 'schema'),
      isUnknown(OFFENSE, 'turnovers-filled', /evaluated: .*"turnovers" not found/),
      passes(OFFENSE, 'points-filled'),
    ],
  };
}

async function aColumnWidened({ run }: Scene): Promise<Damage> {
  await run(`ALTER TABLE ${PLAYERS} ALTER COLUMN points TYPE DOUBLE`);
  return { caught: [failsAsAWhole(PLAYERS, 'schema'), passes(PLAYERS, 'points-add-up')] };
}

async function aDateAsText({ run }: Scene): Promise<Damage> {
  await run(`ALTER TABLE ${PLAYERS} ALTER COLUMN game_date TYPE VARCHAR`);
  return { caught: [failsAsAWhole(PLAYERS, 'schema')] };
}

async function aTableDropped({ run }: Scene): Promise<Damage> {
  await run(`DROP TABLE ${OFFENSE}`);
  return {
    caught: [
      isUnknown(OFFENSE, 'schema', thereIsNo(OFFENSE)),
      isUnknown(OFFENSE, 'days', thereIsNo(OFFENSE)),
      isUnknown(OFFENSE, 'points-filled', thereIsNo(OFFENSE)),
    ],
  };
}

async function aSourceDropped({ run }: Scene): Promise<Damage> {
  await run(`DROP TABLE ${GAMEBOOK}`);
  return {
    caught: [
      isUnknown(GAMEBOOK, 'schema', thereIsNo(GAMEBOOK)),
      isUnknown(PLAYERS, 'players-in-gamebook', thereIsNo(GAMEBOOK)),
      passes(PLAYERS, 'games'),
      isUnknown(PLAYERS, 'players-of-gamebook', thereIsNo(GAMEBOOK)),
    ],
  };
}

/** Without a schedule nothing can be expected, and nothing is judged. */
async function theScheduleDropped({ run }: Scene): Promise<Damage> {
  await run(`DROP TABLE ${SCHEDULE}`);
  return { caught: [{ refused: /nbac_schedule/ }] };
}
