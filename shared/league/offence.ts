import type { Player } from './player.ts';
import type { Random } from './random.ts';

export type Kind = 'paint' | 'mid' | 'three' | 'free';

/** One shot or free throw. `shooter` is the index in his side's lineup. */
export type Try = Readonly<{ shooter: number; period: number; kind: Kind; made: boolean }>;

export const POINTS = { paint: 2, mid: 2, three: 3, free: 1 } as const;

export type Spot = Readonly<{ player: Player; minutes: number }>;

/** A side with the ball. `edge` is in points a game beyond the average. */
export type Attack = Readonly<{ lineup: readonly Spot[]; edge: number }>;

const CHANCE = { paint: 0.585, mid: 0.42, three: 0.36 } as const;
const AVERAGE_POINTS = 112;

/** Shots spread evenly over the periods, and the free throws that come with them. */
export function attack(
  { lineup, edge }: Attack,
  periods: readonly number[],
  shots: number,
  random: Random,
): Try[] {
  const weights = shotWeights(lineup);
  return Array.from({ length: shots }, (_, at) => {
    const period = periods[Math.floor((at * periods.length) / shots)]!;
    const shooter = random.weighted(weights);
    const { skills } = lineup[shooter]!.player;
    const kind = drawKind(skills, random);
    const made = random.chance(CHANCE[kind] * skills.touch * (1 + edge / AVERAGE_POINTS));
    const trip = random.chance(skills.freeThrowTrip) ? 2 : 0;
    const bonus = made && kind === 'paint' && random.chance(0.06) ? 1 : 0;
    const free = Array.from({ length: trip + bonus }, (): Try => {
      return { shooter, period, kind: 'free', made: random.chance(skills.freeThrowTouch) };
    });
    return [{ shooter, period, kind, made }, ...free];
  }).flat();
}

/** Free throws that were all made. */
export function freeThrows(
  { lineup }: Attack,
  period: number,
  count: number,
  random: Random,
): Try[] {
  const weights = shotWeights(lineup);
  return Array.from({ length: count }, () => {
    return { shooter: random.weighted(weights), period, kind: 'free', made: true };
  });
}

export function pointsOf(tries: readonly Try[]): number {
  return tries.reduce((sum, { kind, made }) => sum + (made ? POINTS[kind] : 0), 0);
}

function shotWeights(lineup: readonly Spot[]): number[] {
  return lineup.map(({ player, minutes }) => player.skills.shots * minutes);
}

function drawKind(skills: Player['skills'], random: Random): Exclude<Kind, 'free'> {
  if (random.chance(skills.threeShare)) return 'three';
  return random.chance(skills.paintShare) ? 'paint' : 'mid';
}
