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

async function anExpressionThatDoesNotCompile({ definition }: Scene): Promise<Damage> {
  return {
    pipeline: withChecks(definition.text, PLAYERS, {
      id: 'odd',
      kind: 'condition',
      holds: 'points < no_such_column',
    }),
    caught: [isUnknown(PLAYERS, 'odd'), ...NEIGHBOURS],
  };
}

async function anExpressionThatFailsAtRunTime({ definition }: Scene): Promise<Damage> {
  return {
    pipeline: withChecks(definition.text, PLAYERS, {
      id: 'odd',
      kind: 'condition',
      holds: 'CAST(player_lookup AS INT64) > 0',
    }),
    caught: [isUnknown(PLAYERS, 'odd'), ...NEIGHBOURS],
  };
}

async function aGroupThatFailsAtRunTime({ definition }: Scene): Promise<Damage> {
  return {
    pipeline: withChecks(definition.text, PLAYERS, {
      id: 'odd',
      kind: 'group-condition',
      by: ['game_id'],
      holds: 'MAX(CAST(player_lookup AS INT64)) > 0',
      unit: 'games',
    }),
    caught: [isUnknown(PLAYERS, 'odd'), ...NEIGHBOURS],
  };
}

async function aStatementThatFails({ definition }: Scene): Promise<Damage> {
  const breaks = `${FROM} AND 1 / (points - points) > 0`;
  return {
    pipeline: withChecks(definition.text, PLAYERS, {
      id: 'odd',
      kind: 'sql',
      breaks: `SELECT game_date ${breaks}`,
      population: POPULATION,
    }),
    caught: [isUnknown(PLAYERS, 'odd'), ...NEIGHBOURS],
  };
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
