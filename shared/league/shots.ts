import type { Game, PlayerBox, TeamBox } from './game.ts';
import type { Try } from './offence.ts';
import { type Random, randomOf } from './random.ts';
import { placeShot, type Spot } from './shot-spot.ts';

export type Shot = Readonly<{
  game: Game;
  side: TeamBox;
  shooter: PlayerBox;
  /** From 1, in the order of play. */
  sequence: number;
  period: number;
  /** Left in the period. */
  clockSeconds: number;
  isThree: boolean;
  made: boolean;
  action: string;
  spot: Spot;
}>;

const ACTIONS = {
  paint: [
    'Driving Layup Shot',
    'Layup Shot',
    'Running Layup Shot',
    'Driving Floating Jump Shot',
    'Cutting Dunk Shot',
    'Tip Layup Shot',
    'Hook Shot',
  ],
  mid: [
    'Jump Shot',
    'Pullup Jump shot',
    'Fadeaway Jump Shot',
    'Floating Jump shot',
    'Turnaround Jump Shot',
  ],
  three: ['Jump Shot', 'Jump Shot', 'Pullup Jump shot', 'Step Back Jump shot'],
} as const;

/** One for each field-goal attempt of the box score, made and missed as there. */
export function shotsOf(seed: number, game: Game): Shot[] {
  const random = randomOf(seed, game.scheduled.gameId, 'shots');
  return [game.home, game.away]
    .flatMap((side) => side.tries.flatMap((attempt) => shotOf(game, side, attempt, random)))
    .sort((a, b) => a.period - b.period || b.clockSeconds - a.clockSeconds)
    .map((shot, index) => ({ ...shot, sequence: index + 1 }));
}

/** Nothing for a free throw. */
function shotOf(
  game: Game,
  side: TeamBox,
  { shooter, period, kind, made }: Try,
  random: Random,
): Omit<Shot, 'sequence'>[] {
  if (kind === 'free') return [];
  return [
    {
      game,
      side,
      shooter: side.players[shooter]!,
      period,
      clockSeconds: random.int(0, period <= 4 ? 719 : 299),
      isThree: kind === 'three',
      made,
      action: random.pick(ACTIONS[kind]),
      spot: placeShot(kind, random),
    },
  ];
}
