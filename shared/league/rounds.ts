import type { Random } from './random.ts';

export type Pairing = Readonly<{ home: number; away: number }>;
/** Every team once. */
export type Round = readonly Pairing[];

/**
 * As many rounds as asked for an even number of teams. Opponents meet equally often, give or take
 * one, and each team plays half of its games at home, give or take a few.
 */
export function drawRounds(teams: number, count: number, random: Random): Round[] {
  const homeGames = new Array<number>(teams).fill(0);
  const rounds: Round[] = [];
  while (rounds.length < count) {
    const lap = random.shuffled(roundRobin(random.shuffled([...Array(teams).keys()])));
    for (const round of lap.slice(0, count - rounds.length)) {
      rounds.push(random.shuffled(round).map((pair) => settleHome(pair, homeGames, random)));
    }
  }
  return rounds;
}

type Pair = readonly [number, number];

/** The circle method: one team stays, the others walk around it. */
function roundRobin(teams: readonly number[]): Pair[][] {
  const [fixed, ...walkers] = teams;
  return walkers.map((_, turn) => {
    const circle = [fixed!, ...walkers.slice(turn), ...walkers.slice(0, turn)];
    return circle
      .slice(0, teams.length / 2)
      .map((team, seat) => [team, circle[teams.length - 1 - seat]!] as const);
  });
}

function settleHome([a, b]: Pair, homeGames: number[], random: Random): Pairing {
  const lead = homeGames[a]! - homeGames[b]!;
  const [home, away] = lead < 0 || (lead === 0 && random.chance(0.5)) ? [a, b] : [b, a];
  homeGames[home]! += 1;
  return { home, away };
}
