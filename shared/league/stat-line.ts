/** What players of a team add up to, under the names the raw tables give it. */
export const STATS = [
  'points',
  'assists',
  'offensive_rebounds',
  'defensive_rebounds',
  'total_rebounds',
  'steals',
  'blocks',
  'turnovers',
  'personal_fouls',
  'fg_made',
  'fg_attempted',
  'three_pt_made',
  'three_pt_attempted',
  'ft_made',
  'ft_attempted',
] as const;

export type Stat = (typeof STATS)[number];
export type StatLine = Readonly<Record<Stat, number>>;
/** A line that is still being counted. */
export type OpenLine = Record<Stat, number>;

export function emptyLine(): OpenLine {
  return {
    points: 0,
    assists: 0,
    offensive_rebounds: 0,
    defensive_rebounds: 0,
    total_rebounds: 0,
    steals: 0,
    blocks: 0,
    turnovers: 0,
    personal_fouls: 0,
    fg_made: 0,
    fg_attempted: 0,
    three_pt_made: 0,
    three_pt_attempted: 0,
    ft_made: 0,
    ft_attempted: 0,
  };
}

export function sumLines(lines: readonly StatLine[]): StatLine {
  const sum = emptyLine();
  for (const line of lines) {
    for (const stat of STATS) sum[stat] += line[stat];
  }
  return sum;
}
