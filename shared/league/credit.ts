import type { Spot, Try } from './offence.ts';
import type { Skills } from './player.ts';
import type { Random } from './random.ts';
import { shootingLines } from './shooting-lines.ts';
import type { OpenLine, StatLine } from './stat-line.ts';

type Effort = Readonly<{ lineup: readonly Spot[]; tries: readonly Try[] }>;
type Side = Effort & Readonly<{ lines: OpenLine[] }>;

const ASSISTED = { paint: 0.55, mid: 0.38, three: 0.82, free: 0 } as const;
const MOST_FOULS = 6;

/** The stat lines of both lineups, in the order of the lineups. */
export function creditPlayers(
  home: Effort,
  away: Effort,
  random: Random,
): Readonly<{ home: readonly StatLine[]; away: readonly StatLine[] }> {
  const [host, guest] = [opened(home), opened(away)];
  for (const [side, opponent] of [
    [host, guest],
    [guest, host],
  ] as const) {
    creditAssists(side, random);
    creditTurnovers(side, opponent, random);
    creditRebounds(side, opponent, random);
    creditBlocks(side, opponent, random);
    creditFouls(side, opponent, random);
  }
  for (const line of [...host.lines, ...guest.lines]) {
    line.total_rebounds = line.offensive_rebounds + line.defensive_rebounds;
  }
  return { home: host.lines, away: guest.lines };
}

function opened(effort: Effort): Side {
  return { ...effort, lines: shootingLines(effort.lineup, effort.tries) };
}

function creditAssists({ lineup, tries, lines }: Side, random: Random): void {
  const weights = weigh(lineup, 'assists');
  for (const { shooter, kind, made } of tries) {
    if (!made || !random.chance(ASSISTED[kind])) continue;
    const passer = random.weighted(weights.map((weight, at) => (at === shooter ? 0 : weight)));
    lines[passer]!.assists += 1;
  }
}

function creditTurnovers({ lineup, lines }: Side, opponent: Side, random: Random): void {
  const minutes = lineup.reduce((sum, spot) => sum + spot.minutes, 0);
  const count = Math.max(4, Math.round((minutes / 240) * (13.2 + 3.4 * random.normal())));
  const losers = weigh(lineup, 'turnovers');
  const thieves = weigh(opponent.lineup, 'steals');
  for (let at = 0; at < count; at++) {
    lines[random.weighted(losers)]!.turnovers += 1;
    if (random.chance(0.56)) opponent.lines[random.weighted(thieves)]!.steals += 1;
  }
}

/** Some misses go out of bounds and are nobody's rebound. */
function creditRebounds({ lineup, tries, lines }: Side, opponent: Side, random: Random): void {
  const offensive = weigh(lineup, 'offensiveRebounds');
  const defensive = weigh(opponent.lineup, 'defensiveRebounds');
  for (const { kind, made } of tries) {
    if (made || (kind === 'free' && random.chance(0.5))) continue;
    const luck = random.unit();
    if (luck < 0.21) lines[random.weighted(offensive)]!.offensive_rebounds += 1;
    else if (luck < 0.89) opponent.lines[random.weighted(defensive)]!.defensive_rebounds += 1;
  }
}

function creditBlocks({ tries }: Side, opponent: Side, random: Random): void {
  const weights = weigh(opponent.lineup, 'blocks');
  for (const { kind, made } of tries) {
    if (made || (kind !== 'paint' && kind !== 'mid') || !random.chance(0.18)) continue;
    opponent.lines[random.weighted(weights)]!.blocks += 1;
  }
}

/** Every second free throw was somebody's foul; other fouls led to none. */
function creditFouls({ tries }: Side, opponent: Side, random: Random): void {
  const shots = tries.filter(({ kind }) => kind === 'free').length;
  const count = Math.round(shots / 2 + 8.5 + 2 * random.normal());
  for (let at = 0; at < count; at++) {
    const weights = opponent.lineup.map(({ minutes }, who) =>
      opponent.lines[who]!.personal_fouls < MOST_FOULS ? 8 + minutes : 0,
    );
    opponent.lines[random.weighted(weights)]!.personal_fouls += 1;
  }
}

function weigh(lineup: readonly Spot[], skill: keyof Skills): number[] {
  return lineup.map(({ player, minutes }) => player.skills[skill] * minutes);
}
