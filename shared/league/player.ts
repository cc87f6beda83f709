import { addDays, type Day, parseDay } from '../core/days.ts';
import type { PlayerName } from './names.ts';
import type { Random } from './random.ts';

export type PositionGroup = 'G' | 'F' | 'C';

/** What a player tends to do. Rates are relative to other players unless said otherwise. */
export type Skills = Readonly<{
  /** Minutes a game in a full team. */
  minutes: number;
  shots: number;
  /** Part of all shots. */
  threeShare: number;
  /** Part of the shots inside the arc. */
  paintShare: number;
  /** Times the usual chance of making a shot. */
  touch: number;
  /** Chance that a shot comes with a trip to the line. */
  freeThrowTrip: number;
  freeThrowTouch: number;
  assists: number;
  offensiveRebounds: number;
  defensiveRebounds: number;
  steals: number;
  blocks: number;
  turnovers: number;
}>;

export type Player = Readonly<{
  id: number;
  name: PlayerName;
  position: string;
  group: PositionGroup;
  /** Null for the few whom no list describes. */
  body: Readonly<{ heightInches: number; weightPounds: number; birthDay: Day }> | null;
  skills: Skills;
}>;

const POSITIONS = { G: ['PG', 'SG'], F: ['SF', 'PF'], C: ['C'] } as const;
const HEIGHTS = { G: 75, F: 80, C: 83 } as const;
const BASE = {
  G: { three: 0.45, paint: 0.6, assists: 1.6, offensive: 0.5, defensive: 0.8, blocks: 0.5 },
  F: { three: 0.4, paint: 0.68, assists: 0.9, offensive: 1, defensive: 1.1, blocks: 1 },
  C: { three: 0.17, paint: 0.84, assists: 0.6, offensive: 2.2, defensive: 1.7, blocks: 2.4 },
} as const;
const MINUTES_BY_RANK = [34, 33, 31, 30, 28, 24, 21, 18, 15, 12, 9, 7, 5, 4, 3];
const GROUP_BY_RANK: readonly PositionGroup[] = [
  'G',
  'F',
  'C',
  'G',
  'F',
  'F',
  'G',
  'C',
  'G',
  'F',
  'G',
  'F',
  'C',
  'G',
  'F',
];

/** `rank` counts from 0, the player his team uses most, to 14. */
export function drawPlayer(id: number, name: PlayerName, rank: number, random: Random): Player {
  const group = GROUP_BY_RANK[rank]!;
  const height = HEIGHTS[group] + random.int(-3, 3);
  const body = {
    heightInches: height,
    weightPounds: 215 + (height - 79) * 7 + random.int(-15, 15),
    birthDay: addDays(parseDay('1994-06-15'), random.int(-3000, 3000)),
  };
  return {
    id,
    name,
    position: random.pick(POSITIONS[group]),
    group,
    body: random.chance(0.02) ? null : body,
    skills: drawSkills(group, MINUTES_BY_RANK[rank]!, random),
  };
}

function drawSkills(group: PositionGroup, minutes: number, random: Random): Skills {
  const base = BASE[group];
  const around = (mean: number, spread: number) => mean * (1 + spread * random.normal());
  return {
    minutes: around(minutes, 0.06),
    shots: around(0.75 + minutes / 100, 0.22),
    threeShare: around(base.three, 0.25),
    paintShare: Math.min(0.95, around(base.paint, 0.13)),
    touch: around(1, 0.035),
    freeThrowTrip: around(0.12, 0.25),
    freeThrowTouch: around(group === 'C' ? 0.7 : 0.79, 0.07),
    assists: around(base.assists, 0.25),
    offensiveRebounds: around(base.offensive, 0.25),
    defensiveRebounds: around(base.defensive, 0.2),
    steals: around(1, 0.25),
    blocks: around(base.blocks, 0.25),
    turnovers: around(1, 0.2),
  };
}
