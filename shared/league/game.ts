import type { Try } from './offence.ts';
import type { Player } from './player.ts';
import type { ScheduledGame } from './schedule.ts';
import type { StatLine } from './stat-line.ts';
import type { Team } from './team.ts';

export type PlayerBox = Readonly<{
  player: Player;
  minutes: number;
  line: StatLine;
  plusMinus: number;
}>;

export type TeamBox = Readonly<{
  team: Team;
  opponent: Team;
  isHome: boolean;
  minutes: number;
  /** Points beyond the opponent's; never 0. */
  margin: number;
  players: readonly PlayerBox[];
  /** The sum of the players' lines. */
  total: StatLine;
  /** Turnovers of nobody in particular. */
  teamTurnovers: number;
  possessions: number;
  /** In the order of play within a period; `shooter` is an index of `players`. */
  tries: readonly Try[];
}>;

export type Game = Readonly<{
  scheduled: ScheduledGame;
  overtimes: number;
  home: TeamBox;
  away: TeamBox;
}>;
