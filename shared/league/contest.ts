import { type Attack, attack, freeThrows, pointsOf, type Try } from './offence.ts';
import type { Random } from './random.ts';

type Tries = Readonly<{ home: readonly Try[]; away: readonly Try[] }>;
type Sides = Readonly<{ home: Attack; away: Attack }>;

const SHOTS_IN_REGULATION = 88;
const SHOTS_IN_OVERTIME = 9;

/**
 * All tries of a game. Regulation, and every overtime but the last, is a draw exactly when another
 * period follows; the game is never one.
 */
export function contest(sides: Sides, overtimes: number, random: Random): Tries {
  let tries = stage(sides, [1, 2, 3, 4], overtimes > 0, random);
  for (let overtime = 1; overtime <= overtimes; overtime++) {
    const more = stage(sides, [4 + overtime], overtime < overtimes, random);
    tries = { home: [...tries.home, ...more.home], away: [...tries.away, ...more.away] };
  }
  return tries;
}

/** A draw is made of a close stage, and broken in a level one, by free throws at its end. */
function stage(sides: Sides, periods: number[], isDraw: boolean, random: Random): Tries {
  const tries = closeEnough(sides, periods, isDraw, random);
  const lead = pointsOf(tries.home) - pointsOf(tries.away);
  if ((lead === 0) !== isDraw) {
    const homeShoots = isDraw ? lead < 0 : random.chance(0.55);
    const side = homeShoots ? 'home' : 'away';
    const extra = freeThrows(sides[side], periods.at(-1)!, Math.abs(lead) || 1, random);
    return { ...tries, [side]: [...tries[side], ...extra] };
  }
  return tries;
}

function closeEnough(sides: Sides, periods: number[], isDraw: boolean, random: Random): Tries {
  const tries = draw(sides, periods, random);
  const [home, away] = [pointsOf(tries.home), pointsOf(tries.away)];
  const isFar = isDraw && Math.abs(home - away) > 4;
  const isOdd = periods.length > 1 && !(isPlausible(home, isDraw) && isPlausible(away, isDraw));
  return isFar || isOdd ? closeEnough(sides, periods, isDraw, random) : tries;
}

/** Points of a regulation that a league has seen; a draw leaves room for overtimes. */
function isPlausible(points: number, isDraw: boolean): boolean {
  return points >= 76 && points <= (isDraw ? 135 : 150);
}

function draw(sides: Sides, periods: number[], random: Random): Tries {
  const usual = periods.length === 1 ? SHOTS_IN_OVERTIME : SHOTS_IN_REGULATION;
  const pace = usual * (1 + 0.04 * random.normal());
  const shots = () => Math.round(pace * (1 + 0.02 * random.normal()));
  return {
    home: attack(sides.home, periods, shots(), random),
    away: attack(sides.away, periods, shots(), random),
  };
}
