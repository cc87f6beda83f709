import type { Random } from './random.ts';

/** Where a shot was taken. `x` and `y` are tenths of a foot from the hoop, and agree with the distance. */
export type Spot = Readonly<{ zone: string; distanceFeet: number; x: number; y: number }>;

/** Paint shots come from up to 8 feet, mid-range shots from 9 to 22, threes from 22 on. */
export function placeShot(kind: 'paint' | 'mid' | 'three', random: Random): Spot {
  switch (kind) {
    case 'paint':
      return random.chance(0.68)
        ? arc('Restricted Area', random.int(0, 39), 40, random)
        : arc('In The Paint (Non-RA)', random.int(40, 89), 80, random);
    case 'mid':
      return random.chance(0.35)
        ? arc('In The Paint (Non-RA)', random.int(90, 139), 80, random)
        : arc('Mid-Range', random.int(90, 229), 220, random);
    case 'three':
      return random.chance(0.25)
        ? corner(random)
        : arc('Above the Break 3', farAway(random), 210, random);
  }
}

function arc(zone: string, radius: number, widest: number, random: Random): Spot {
  const reach = Math.min(radius, widest);
  const x = random.int(-reach, reach);
  return {
    zone,
    distanceFeet: Math.floor(radius / 10),
    x,
    y: Math.round(Math.sqrt(radius * radius - x * x)),
  };
}

function corner(random: Random): Spot {
  const x = random.int(221, 235) * (random.chance(0.5) ? 1 : -1);
  const y = random.int(-30, 85);
  const zone = x < 0 ? 'Left Corner 3' : 'Right Corner 3';
  return { zone, distanceFeet: Math.floor(Math.sqrt(x * x + y * y) / 10), x, y };
}

/** Mostly just behind the line. */
function farAway(random: Random): number {
  return 240 + Math.floor(60 * random.unit() * random.unit());
}
