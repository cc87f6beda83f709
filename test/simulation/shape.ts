import { daySetOf, eachDay } from '../../shared/core/day-set.ts';
import { addDays, type Day } from '../../shared/core/days.ts';
import { parsePhaseName, parseTableName } from '../../shared/core/ids.ts';
import { parsePercent } from '../../shared/core/percent.ts';
import type { Definition, Need, Pipeline, Source, Table } from '../../shared/core/pipeline.ts';
import { day, days, games, pipelineOf, sameDay, table } from '../core/build.ts';
import type { Tape } from './tape.ts';

/** A pipeline of a story, and the days on which games were played. */
export type Shape = Readonly<{
  /** As the run is started with, and as somebody edits it in mid-run. */
  definitions: readonly [Definition, Definition];
  gameDays: readonly Day[];
  /** That points are missing only warns. */
  warns: boolean;
}>;

export const SCHEDULE = parseTableName('raw.schedule');
export const BOX = parseTableName('raw.box');
const FIRST = day('2022-01-01');
const NAMES = ['a.one', 'a.two', 'b.three', 'b.four', 'b.five'];

/** Equal draws give the very same pipelines, so that what was computed of one serves all its stories. */
const known = new Map<string, Shape>();

export function drawShape(tape: Tape): Shape {
  const count = 2 + tape.draw('tables', tape.draw('many tables', 4) === 1 ? 4 : 2);
  const inFirst = 1 + tape.draw('first phase', Math.min(2, count - 1));
  const drawn = Array.from({ length: count }, (_, index) => ({
    driver: tape.draw('driver', index + 1),
    window: tape.draw('window', 3),
    of: tape.draw('of', index + 1),
  }));
  const isPublished = tape.draw('published', 3) === 1;
  const dayCount = 4 + tape.draw('days', 4);
  const hole = tape.draw('hole', dayCount);
  const chunkDays = [2, 1, 31][tape.draw('chunk', 3)]!;
  const warns = tape.draw('warns', 4) === 1;
  const parallel = 1 + tape.draw('parallel', 2);
  const key = JSON.stringify([
    inFirst,
    drawn,
    isPublished,
    dayCount,
    hole,
    chunkDays,
    parallel,
    warns,
  ]);
  const found = known.get(key);
  if (found !== undefined) return found;

  const build = (chunk: number): Pipeline => {
    const tables = drawn.map(({ driver, window, of }, index): Table => {
      const upstream = (at: number) => (at === 0 ? BOX : NAMES[at - 1]!);
      const needs: Need[] = [sameDay(upstream(driver))];
      if (window === 1 && of > 0) needs.push(games(upstream(of), 5));
      if (window === 2 && of > 0) needs.push(days(upstream(of), 2));
      return table(NAMES[index]!, needs, {
        phase: parsePhaseName(index < inFirst ? 'first' : 'second'),
        job: { ...table('a.any').job, chunkDays: chunk },
        checks: checksOf(warns),
        publish: isPublished ? 'verified' : null,
      });
    });
    const pipeline = pipelineOf(...tables);
    return {
      ...pipeline,
      retry: { attempts: 2, backoffSeconds: 20 },
      repair: { attempts: 1 },
      deadlines: { jobMinutes: 10, phaseMinutes: 60, runMinutes: 120 },
      parallelTables: parallel,
      sources: [...pipeline.sources, boxLike(pipeline)],
    };
  };
  const all = Array.from({ length: dayCount }, (_, index) => addDays(FIRST, index));
  const made: Shape = {
    definitions: [
      { pipeline: build(chunkDays), hash: `${key}`, text: `${key}` },
      { pipeline: build(chunkDays === 1 ? 2 : 1), hash: `${key}-edited`, text: `${key}-edited` },
    ],
    warns,
    gameDays: all.filter((_, index) => hole === 0 || index !== hole),
  };
  known.set(key, made);
  return made;
}

/** What every table promises: its days, two rows a game, and points in each. */
const checksOf = (warns: boolean): Table['checks'] => [
  ...table('a.any').checks,
  {
    id: 'two-a-game',
    kind: 'row-count',
    severity: 'block',
    applies: null,
    per: { of: 'game', atLeast: 2, atMost: 2 },
  },
  {
    id: 'points-filled',
    kind: 'not-null',
    severity: warns ? 'warn' : 'block',
    applies: null,
    column: 'points',
    where: null,
    atLeast: parsePercent(100),
    perDay: parsePercent(100),
    minimumPopulation: 1,
    minimumPerDay: 0,
  },
];

function boxLike({ sources }: Pipeline): Source {
  return { ...sources[0]!, name: BOX, key: ['game_id', 'team'], columns: table('a.any').columns };
}

export function lastDay(shape: Shape): Day {
  return [...eachDay(daySetOf(shape.gameDays))].at(-1)!;
}
