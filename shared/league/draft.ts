import type { PlayerName } from './names.ts';
import { drawPlayer, type Player } from './player.ts';
import type { Random } from './random.ts';

/** The players of each team, by the index of the team. */
export type Rosters = readonly (readonly Player[])[];

/** A source of new players: ids ascend and no two players share a name. */
export type Draft = (rank: number) => Player;

const FIRST_PLAYER_ID = 7_000_001;

export function openDraft(nextName: () => PlayerName, random: Random): Draft {
  let id = FIRST_PLAYER_ID;
  return (rank) => drawPlayer(id++, nextName(), rank, random);
}

/** Thirteen to fifteen players a team. */
export function foundRosters(teams: number, draft: Draft, random: Random): Rosters {
  return Array.from({ length: teams }, () =>
    Array.from({ length: random.int(13, 15) }, (_, rank) => draft(rank)),
  );
}

/** A summer: every team keeps its size and replaces two to four of its players. */
export function renewRosters(rosters: Rosters, draft: Draft, random: Random): Rosters {
  return rosters.map((roster) => {
    const byUse = [...roster].sort((a, b) => b.skills.minutes - a.skills.minutes);
    const ranks = random.shuffled(byUse.map((_, rank) => rank)).slice(0, random.int(2, 4));
    return byUse.map((player, rank) => (ranks.includes(rank) ? draft(rank) : player));
  });
}
