import type { Day } from '../../../shared/core/days.ts';
import { withChecks } from '../added-check.ts';
import { type Damage, type Defect, defectOf, type Scene } from '../defect.ts';
import { fails, isUnknown, passes } from '../expectation.ts';
import { PLAYERS } from '../relations.ts';

/** Checks that cannot be asked: UNKNOWN, and their neighbours are judged. */
export const refused: readonly Defect[] = [
  anExpressionThatDoesNotCompile,
  anExpressionThatFailsAtRunTime,
  aGroupThatFailsAtRunTime,
  aStatementThatFails,
  aStatementThatFindsSomething,
].map((damage) => defectOf(damage));

const NEIGHBOURS = ['days', 'unique-key', 'points-of-team', 'usage-rate-filled', 'schema'].map(
  (check) => passes(PLAYERS, check),
);

type Asked = Readonly<{ kind: string; [field: string]: unknown }>;

/** The check with a text that cannot be asked, held against one of the same kind that can. */
function odd(
  { definition }: Scene,
  asked: Asked,
  sound: Readonly<Record<string, string>>,
  says: RegExp,
): Damage {
  const withOdd = (fields: Asked) => withChecks(definition.text, PLAYERS, { ...fields, id: 'odd' });
  return {
    pipeline: withOdd(asked),
    undamaged: { pipeline: withOdd({ ...asked, ...sound }) },
    caught: [isUnknown(PLAYERS, 'odd', says), ...NEIGHBOURS],
  };
}

async function anExpressionThatDoesNotCompile(scene: Scene): Promise<Damage> {
  const asked = { kind: 'condition', holds: 'points < no_such_column' };
  return odd(scene, asked, { holds: 'points < 200' }, /no_such_column/);
}

async function anExpressionThatFailsAtRunTime(scene: Scene): Promise<Damage> {
  const asked = { kind: 'condition', holds: 'CAST(player_lookup AS INT64) > 0' };
  return odd(scene, asked, { holds: "player_lookup > ''" }, /Bad int64 value/);
}

async function aGroupThatFailsAtRunTime(scene: Scene): Promise<Damage> {
  const holds = 'MAX(CAST(player_lookup AS INT64)) > 0';
  const asked = { kind: 'group-condition', by: ['game_id'], holds, unit: 'games' };
  return odd(scene, asked, { holds: "MAX(player_lookup) > ''" }, /Bad int64 value/);
}

async function aStatementThatFails(scene: Scene): Promise<Damage> {
  const breaks = (where: string) => `SELECT game_date ${FROM} AND ${where} > 0`;
  const asked = { kind: 'sql', breaks: breaks('1 / (points - points)'), population: POPULATION };
  return odd(scene, asked, { breaks: breaks('(points - points)') }, /division by zero/);
}

async function aStatementThatFindsSomething({ definition, daysOf, run }: Scene): Promise<Damage> {
  const day = daysOf(PLAYERS)[46] as Day;
  await run(`UPDATE ${PLAYERS} SET personal_fouls = 9 WHERE game_date = '${day}'`);
  return {
    pipeline: withChecks(definition.text, PLAYERS, {
      id: 'six-fouls',
      kind: 'sql',
      breaks: `SELECT game_date ${FROM} AND personal_fouls > 6`,
      population: POPULATION,
    }),
    caught: [fails(PLAYERS, 'six-fouls', [day])],
  };
}

const FROM = `FROM \`${PLAYERS}\` WHERE game_date BETWEEN @from0 AND @to0`;
const POPULATION = `SELECT game_date, COUNT(*) AS population ${FROM} GROUP BY game_date`;
