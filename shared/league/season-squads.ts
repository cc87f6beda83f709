import { addDays, type Day, dayNumber } from '../core/days.ts';
import type { Rosters } from './draft.ts';
import type { Random } from './random.ts';
import { type Member, teamOn } from './squad.ts';

/**
 * What befalls the rosters between the first and the last day: in mid-season a few players are
 * traded one for one, and in each team one or two others miss a stretch of days.
 */
export function openSquads(rosters: Rosters, first: Day, last: Day, random: Random): Member[] {
  const span = dayNumber(last) - dayNumber(first);
  const dayAt = (share: number) => addDays(first, Math.round(span * share));
  const members: Member[] = rosters.flatMap((roster, team) =>
    roster.map((player) => ({ player, team, trade: null, absence: null })),
  );

  const traders = random.shuffled(rosters.map((_, team) => team));
  const pairs = Math.max(1, Math.floor(rosters.length / 6));
  for (let pair = 0; pair < pairs; pair++) {
    const [one, other] = [traders[2 * pair]!, traders[2 * pair + 1]!];
    const day = dayAt(0.35 + 0.25 * random.unit());
    send(members, one, { day, team: other }, random);
    send(members, other, { day, team: one }, random);
  }

  for (const [team, roster] of rosters.entries()) {
    for (const rank of random.shuffled(roster.map((_, at) => at)).slice(0, random.int(1, 2))) {
      const start = 0.1 + 0.6 * random.unit();
      const absence = { from: dayAt(start), through: dayAt(start + 0.08 + 0.17 * random.unit()) };
      const at = members.findIndex(({ player }) => player === rosters[team]![rank]);
      members[at] = { ...members[at]!, absence };
    }
  }
  return members;
}

/** The rosters as they stand after the season. */
export function rostersAfter(members: readonly Member[], teams: number, last: Day): Rosters {
  return Array.from({ length: teams }, (_, team) =>
    members.filter((member) => teamOn(member, last) === team).map(({ player }) => player),
  );
}

/** A regular of the team, neither its star nor its last man. */
function send(
  members: Member[],
  team: number,
  trade: NonNullable<Member['trade']>,
  random: Random,
): void {
  const own = members.findIndex((member) => member.team === team);
  const at = own + random.int(3, 8);
  members[at] = { ...members[at]!, trade };
}
