import type { Day } from '../core/days.ts';
import type { Player } from './player.ts';

/** One player in one season: whom he plays for from which day on, and when he cannot play. */
export type Member = Readonly<{
  player: Player;
  /** Index of his team on the first day. */
  team: number;
  trade: Readonly<{ day: Day; team: number }> | null;
  absence: Readonly<{ from: Day; through: Day }> | null;
}>;

/** He belongs to exactly one team on any day. */
export function teamOn(member: Member, day: Day): number {
  return member.trade !== null && member.trade.day <= day ? member.trade.team : member.team;
}

/** Everyone of the team who can play on the day; never fewer than eight. */
export function availableOn(members: readonly Member[], team: number, day: Day): Player[] {
  return members
    .filter((member) => teamOn(member, day) === team && !isAbsent(member, day))
    .map((member) => member.player);
}

function isAbsent({ absence }: Member, day: Day): boolean {
  return absence !== null && absence.from <= day && day <= absence.through;
}
