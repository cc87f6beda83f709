import { describe, expect, it } from 'vitest';
import type { Game, TeamBox } from '../../shared/league/game.ts';
import { generateLeague } from '../../shared/league/league.ts';
import { pointsOf } from '../../shared/league/offence.ts';
import { gamesOf, playGame } from '../../shared/league/play-game.ts';
import { type Shot, shotsOf } from '../../shared/league/shots.ts';
import { STATS, type StatLine } from '../../shared/league/stat-line.ts';

const seed = 11;
const league = generateLeague({ seed, seasons: [{ seasonYear: 2021, start: '2021-10-19' }] });
const games = [...gamesOf(league)];
const sides = games.flatMap((game) => [game.home, game.away].map((side) => ({ game, side })));
const boxes = sides.flatMap(({ game, side }) =>
  side.players.map((box) => ({ game, side, box, line: box.line })),
);
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const share = <T>(items: readonly T[], holds: (item: T) => boolean) =>
  items.filter(holds).length / items.length;

/** The games or sides that break a rule: a readable list, and one assertion instead of thousands. */
const breaking = <T extends { game: Game }>(items: readonly T[], holds: (item: T) => boolean) =>
  items.filter((item) => !holds(item)).map(({ game }) => game.scheduled.gameId);

describe('in every game of a season', () => {
  it('players share the minutes of their team exactly, and each has at least three', () => {
    expect(
      breaking(sides, ({ game, side }) => {
        const minutes = side.players.map((box) => box.minutes);
        return (
          sum(minutes) === side.minutes &&
          side.minutes === 240 + 25 * game.overtimes &&
          minutes.every(
            (own) => Number.isInteger(own) && own >= 3 && own <= 48 + 5 * game.overtimes,
          )
        );
      }),
    ).toEqual([]);
  });

  it('eight to twelve different players play for a side', () => {
    expect(
      breaking(sides, ({ side }) => {
        const ids = new Set(side.players.map((box) => box.player.id));
        return ids.size === side.players.length && ids.size >= 8 && ids.size <= 12;
      }),
    ).toEqual([]);
  });

  it('a team is the sum of its players', () => {
    expect(
      breaking(sides, ({ side }) =>
        STATS.every((stat) => side.total[stat] === sum(side.players.map((box) => box.line[stat]))),
      ),
    ).toEqual([]);
  });

  it('points follow from the shots, and rebounds from their halves', () => {
    const lines = [...boxes, ...sides.map(({ game, side }) => ({ game, line: side.total }))];
    expect(breaking(lines, ({ line }) => isConsistent(line))).toEqual([]);
  });

  it('one side wins', () => {
    expect(
      breaking(
        games.map((game) => ({ game })),
        ({ game: { home, away } }) =>
          home.margin === home.total.points - away.total.points &&
          away.margin === -home.margin &&
          home.margin !== 0,
      ),
    ).toEqual([]);
  });

  it('regulation is a draw exactly when overtime follows', () => {
    const scoreAfter = (side: TeamBox, period: number) =>
      pointsOf(side.tries.filter((attempt) => attempt.period <= period));
    expect(
      breaking(
        games.map((game) => ({ game })),
        ({ game: { home, away, overtimes } }) =>
          (scoreAfter(home, 4) === scoreAfter(away, 4)) === overtimes > 0 &&
          home.tries.every(({ period }) => period <= 4 + overtimes),
      ),
    ).toEqual([]);
  });

  it("players' plus-minus adds up to five times the margin", () => {
    expect(
      breaking(
        sides,
        ({ side }) => sum(side.players.map((box) => box.plusMinus)) === 5 * side.margin,
      ),
    ).toEqual([]);
  });

  it('nobody assists, steals, blocks or rebounds more than there was', () => {
    expect(
      breaking(sides, ({ game, side }) => {
        const own = side.total;
        const other = (side.isHome ? game.away : game.home).total;
        const missed = own.fg_attempted - own.fg_made + own.ft_attempted - own.ft_made;
        return (
          own.assists <= own.fg_made &&
          side.players.every(({ line }) => line.assists <= own.fg_made - line.fg_made) &&
          other.steals <= own.turnovers &&
          other.blocks <= own.fg_attempted - own.fg_made &&
          own.offensive_rebounds + other.defensive_rebounds <= missed &&
          side.teamTurnovers >= 0
        );
      }),
    ).toEqual([]);
  });

  it('nobody has more than six fouls', () => {
    expect(breaking(boxes, ({ line }) => line.personal_fouls <= 6)).toEqual([]);
  });

  it('every field-goal attempt is one shot, made and missed as in the box score', () => {
    expect(
      breaking(
        games.map((game) => ({ game })),
        ({ game }) => {
          const shots = shotsOf(seed, game);
          const isBacked = [game.home, game.away].every((side) =>
            side.players.every((box) =>
              isCharted(
                box.line,
                shots.filter((shot) => shot.shooter === box),
              ),
            ),
          );
          return isBacked && shots.every(isPlaced);
        },
      ),
    ).toEqual([]);
  });
});

describe('the shots of a game', () => {
  const charted = games.slice(0, 200).map((game) => ({ game, shots: shotsOf(seed, game) }));

  it('are numbered in the order of play', () => {
    expect(
      breaking(charted, ({ shots }) =>
        shots.every((shot, at) => {
          const next = shots[at + 1] ?? { period: 9, clockSeconds: 0 };
          const isInOrder =
            shot.period < next.period ||
            (shot.period === next.period && shot.clockSeconds >= next.clockSeconds);
          return shot.sequence === at + 1 && isInOrder;
        }),
      ),
    ).toEqual([]);
  });

  it('come from the paint as often as the game was played there', () => {
    const count = <T>(items: readonly T[], holds: (item: T) => boolean) =>
      items.filter(holds).length;
    expect(
      breaking(charted, ({ game, shots }) =>
        [game.home, game.away].every(
          (side) =>
            count(side.tries, ({ kind }) => kind === 'paint') ===
            count(shots, (shot) => shot.side === side && shot.spot.distanceFeet <= 8),
        ),
      ),
    ).toEqual([]);
  });
});

describe('over a season', () => {
  const usages = boxes.map(({ side, box }) => {
    const plays = (line: StatLine) => line.fg_attempted + 0.44 * line.ft_attempted + line.turnovers;
    return (100 * plays(box.line) * side.minutes) / 5 / (box.minutes * plays(side.total));
  });

  it('about one game in twenty has overtime', () => {
    const overtime = share(games, ({ overtimes }) => overtimes > 0);
    expect(overtime).toBeGreaterThan(0.03);
    expect(overtime).toBeLessThan(0.08);
    expect(games.every(({ overtimes }) => overtimes <= 3)).toBe(true);
  });

  it('teams score, shoot and hold the ball about as often as real ones', () => {
    const mean = (of: (side: TeamBox) => number) =>
      sum(sides.map(({ side }) => of(side))) / sides.length;
    expect(Math.abs(mean((side) => side.total.points) - 112)).toBeLessThan(3);
    expect(Math.abs(mean((side) => side.total.fg_attempted) - 88)).toBeLessThan(2);
    expect(Math.abs(mean((side) => side.possessions) - 100)).toBeLessThan(3);
    expect(Math.abs(mean((side) => side.total.total_rebounds) - 44)).toBeLessThan(3);
  });

  it('home sides win more often, but far from always', () => {
    const won = share(games, (game) => game.home.margin > 0);
    expect(won).toBeGreaterThan(0.5);
    expect(won).toBeLessThan(0.62);
  });

  it('usage stays below 50 nearly always and below 100 always, and differs between players', () => {
    expect(share(usages, (usage) => usage < 50)).toBeGreaterThan(0.99);
    expect(Math.max(...usages)).toBeLessThan(100);
    const mean = sum(usages) / usages.length;
    expect(
      Math.sqrt(sum(usages.map((usage) => (usage - mean) ** 2)) / usages.length),
    ).toBeGreaterThan(5);
  });

  it('some players are traded, never playing for two teams on a date', () => {
    const teamsOfDay = Map.groupBy(
      boxes,
      ({ game, box }) => `${game.scheduled.day} ${box.player.id}`,
    );
    expect([...teamsOfDay.values()].filter((rows) => rows.length > 1)).toEqual([]);
    const teams = Map.groupBy(boxes, ({ box }) => box.player.id);
    const traded = [...teams.values()].filter(
      (rows) => new Set(rows.map(({ side }) => side.team.tricode)).size === 2,
    );
    expect(traded.length).toBeGreaterThanOrEqual(6);
    expect(traded.length).toBeLessThanOrEqual(12);
  });

  it('a traded player has the new team from the day of the trade on', () => {
    const traded = league.seasons[0]!.members.filter((member) => member.trade !== null);
    for (const { player, team, trade } of traded) {
      const rows = boxes.filter(({ box }) => box.player === player);
      const teamOf = (day: string) =>
        league.seasons[0]!.teams[day < trade!.day ? team : trade!.team];
      expect(breaking(rows, ({ game, side }) => side.team === teamOf(game.scheduled.day))).toEqual(
        [],
      );
    }
  });

  it('injured players miss the stretch', () => {
    const injured = league.seasons[0]!.members.filter((member) => member.absence !== null);
    expect(injured.length).toBeGreaterThanOrEqual(30);
    for (const { player, absence } of injured) {
      const played = boxes.filter(
        ({ game, box }) =>
          box.player === player &&
          absence!.from <= game.scheduled.day &&
          game.scheduled.day <= absence!.through,
      );
      expect(played).toEqual([]);
    }
  });
});

it('refuses to play an exhibition', () => {
  const [season] = league.seasons;
  const exhibition = season!.schedule.find((game) => game.seasonType !== 'regular');
  expect(() => playGame(season!, exhibition!)).toThrow(
    expect.objectContaining({ kind: 'invalid-input' }),
  );
});

function isConsistent(line: StatLine): boolean {
  const twos = line.fg_made - line.three_pt_made;
  return (
    line.points === 2 * twos + 3 * line.three_pt_made + line.ft_made &&
    line.total_rebounds === line.offensive_rebounds + line.defensive_rebounds &&
    line.fg_made <= line.fg_attempted &&
    line.three_pt_made <= line.three_pt_attempted &&
    line.three_pt_attempted <= line.fg_attempted &&
    twos <= line.fg_attempted - line.three_pt_attempted &&
    line.ft_made <= line.ft_attempted &&
    STATS.every((stat) => Number.isInteger(line[stat]) && line[stat] >= 0)
  );
}

function isCharted(line: StatLine, shots: readonly Shot[]): boolean {
  const count = (isThree: boolean, made: boolean) =>
    shots.filter((shot) => shot.isThree === isThree && (shot.made || !made)).length;
  return (
    shots.length === line.fg_attempted &&
    count(true, false) === line.three_pt_attempted &&
    count(true, true) === line.three_pt_made &&
    count(false, true) === line.fg_made - line.three_pt_made
  );
}

function isPlaced({ isThree, spot, period, clockSeconds }: Shot): boolean {
  const feet = Math.sqrt(spot.x ** 2 + spot.y ** 2) / 10;
  return (
    Math.abs(feet - spot.distanceFeet) <= 1.1 &&
    (isThree ? spot.distanceFeet >= 22 : spot.distanceFeet <= 22) &&
    clockSeconds >= 0 &&
    clockSeconds < (period <= 4 ? 720 : 300)
  );
}
