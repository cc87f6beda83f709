import { expect, it } from 'vitest';
import { creditPlayers } from '../../shared/league/credit.ts';
import { generateLeague } from '../../shared/league/league.ts';
import type { Try } from '../../shared/league/offence.ts';
import { gamesOf } from '../../shared/league/play-game.ts';
import { randomOf } from '../../shared/league/random.ts';

it('lets nobody assist his own shot', () => {
  const [game] = gamesOf(generateLeague({ seed: 2, teams: 2, gamesPerTeam: 1 }));
  const { home, away } = game!;
  const made: Try = { shooter: 0, period: 1, kind: 'three', made: true };
  const lines = creditPlayers(
    { lineup: home.players, tries: Array.from({ length: 300 }, () => made) },
    { lineup: away.players, tries: [] },
    randomOf('credit'),
  );
  const assists = lines.home.map((line) => line.assists);
  expect(assists[0]).toBe(0);
  expect(assists.slice(1).every((count) => count > 0)).toBe(true);
});
