import { type Day, parseDay } from '../core/days.ts';
import { PhasegateError } from '../core/errors.ts';
import { foundRosters, openDraft, renewRosters } from './draft.ts';
import { nameSource } from './names.ts';
import { randomOf } from './random.ts';
import { drawSchedule, type ScheduledGame } from './schedule.ts';
import { openSquads, rostersAfter } from './season-squads.ts';
import type { Member } from './squad.ts';
import { drawStrengths, type Strength } from './strength.ts';
import { TEAMS, type Team } from './team.ts';

export type LeagueOptions = Readonly<{
  seed: number;
  /** Even, 2 to 30. */
  teams?: number;
  /** Ten games need about two weeks with four teams, 82 about 25 with thirty. */
  gamesPerTeam?: number;
  /** In the order of their years. */
  seasons?: readonly Readonly<{ seasonYear: number; start: string }>[];
}>;

/** Everything that is decided before the first game of a season: who plays when, and for whom. */
export type Season = Readonly<{
  seed: number;
  seasonYear: number;
  teams: readonly Team[];
  /** By the index of the team. */
  strengths: readonly Strength[];
  /** Sorted by day; exhibitions included. */
  schedule: readonly ScheduledGame[];
  members: readonly Member[];
}>;

/** No game is played in it yet: `playGame` plays any one of them, in any order, always the same way. */
export type League = Readonly<{ seed: number; seasons: readonly Season[] }>;

const TWO_SEASONS = [
  { seasonYear: 2021, start: '2021-10-19' },
  { seasonYear: 2022, start: '2022-10-18' },
];

/** The same options give the same league. @throws PhasegateError `invalid-input` */
export function generateLeague(options: LeagueOptions): League {
  const { seed, teams: size = 30, gamesPerTeam = 82, seasons: asked = TWO_SEASONS } = options;
  demand(
    size % 2 === 0 && size >= 2 && size <= TEAMS.length,
    'teams must be an even number, 2 to 30',
  );
  demand(Number.isInteger(gamesPerTeam) && gamesPerTeam > 0, 'gamesPerTeam must be at least 1');

  const teams = TEAMS.slice(0, size);
  const random = randomOf(seed, 'rosters');
  const draft = openDraft(nameSource(randomOf(seed, 'names')), random);
  let rosters = foundRosters(size, draft, random);
  let lastDay: Day | null = null;

  const seasons = asked.map(({ seasonYear, start: startText }): Season => {
    const start = parseDay(startText);
    demand(lastDay === null || lastDay < start, `season ${seasonYear} starts before the last ends`);
    if (lastDay !== null) rosters = renewRosters(rosters, draft, random);

    const calendar = randomOf(seed, seasonYear, 'schedule');
    const schedule = drawSchedule(seasonYear, start, teams, gamesPerTeam, calendar);
    lastDay = schedule.at(-1)!.day;
    const members = openSquads(rosters, start, lastDay, randomOf(seed, seasonYear, 'squads'));
    rosters = rostersAfter(members, size, lastDay);
    const strengths = drawStrengths(size, randomOf(seed, seasonYear, 'strengths'));
    return { seed, seasonYear, teams, strengths, schedule, members };
  });
  return { seed, seasons };
}

function demand(holds: boolean, message: string): void {
  if (!holds) throw new PhasegateError('invalid-input', message);
}
