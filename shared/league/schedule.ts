import { addDays, type Day } from '../core/days.ts';
import { type DatedPairing, dateRounds } from './game-dates.ts';
import type { Random } from './random.ts';
import { drawRounds } from './rounds.ts';
import { allStarSunday } from './season-calendar.ts';
import { EXHIBITION_SIDES, type Team } from './team.ts';

export type SeasonType = 'regular' | 'preseason' | 'all_star';

/** One row of a schedule, before anybody played. Only regular games have box scores, shots and odds. */
export type ScheduledGame = Readonly<{
  /** `YYYYMMDD_AWAY_HOME`, unique in a league. */
  gameId: string;
  /** Ten digits: type, season, number. */
  nbaGameId: string;
  seasonYear: number;
  seasonType: SeasonType;
  day: Day;
  home: Team;
  away: Team;
}>;

const TYPE_DIGITS = { preseason: '001', regular: '002', all_star: '003' } as const;

/** The whole season in the order of its days: preseason, regular games, and the all-star weekend in its gap. */
export function drawSchedule(
  seasonYear: number,
  start: Day,
  teams: readonly Team[],
  gamesPerTeam: number,
  random: Random,
): ScheduledGame[] {
  const named = (type: SeasonType, day: Day, away: Team, home: Team, index: number) => ({
    gameId: `${day.replaceAll('-', '')}_${away.tricode}_${home.tricode}`,
    nbaGameId: `${TYPE_DIGITS[type]}${String(seasonYear % 100).padStart(2, '0')}${String(index + 1).padStart(5, '0')}`,
    seasonYear,
    seasonType: type,
    day,
    home,
    away,
  });
  const between = (type: SeasonType) => (pairing: DatedPairing, index: number) =>
    named(type, pairing.day, teams[pairing.away]!, teams[pairing.home]!, index);

  const rounds = drawRounds(teams.length, gamesPerTeam, random);
  const dated = dateRounds(seasonYear, start, rounds, random);
  const regular = dated.map(between('regular'));
  const preseason = drawPreseason(start, teams.length, random).map(between('preseason'));
  const allStar = allStarDays(seasonYear)
    .filter((day) => start < day && day < regular.at(-1)!.day)
    .map((day, index) => named('all_star', day, ...EXHIBITION_SIDES[index]!, index));
  return [...preseason, ...regular, ...allStar].sort((a, b) => compare(a.day, b.day));
}

/** Six games on the days from 14 to 4 before the start; the last day has two where teams suffice. */
function drawPreseason(start: Day, teams: number, random: Random): DatedPairing[] {
  return [14, 11, 9, 6, 4].flatMap((before) => {
    const [a, b, c, d] = random.shuffled([...Array(teams).keys()]);
    const day = addDays(start, -before);
    const games = [{ day, home: a!, away: b! }];
    return before === 4 && teams >= 4 ? [...games, { day, home: c!, away: d! }] : games;
  });
}

function allStarDays(seasonYear: number): readonly [Day, Day] {
  const sunday = allStarSunday(seasonYear);
  return [addDays(sunday, -2), sunday];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
