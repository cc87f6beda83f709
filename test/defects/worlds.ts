import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import type { DaySpan } from '../../shared/core/day-set.ts';
import { parseDay } from '../../shared/core/days.ts';
import type { Definition } from '../../shared/core/pipeline.ts';
import type { Schedule } from '../../shared/core/schedule.ts';
import { generateLeague } from '../../shared/league/league.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import type { Assessment } from '../../shared/shell/assess.ts';
import { phasegate } from '../e2e/phasegate.ts';
import type { WorldName } from './defect.ts';
import { judgeFile } from './judge-file.ts';

const SEASONS = resolve('..', 'shared/data/nba');
const OVERLAY = 'test/fixtures/nba-real-overlay.yaml';
const RANGE: DaySpan = { from: parseDay('2021-10-19'), to: parseDay('2023-04-09') };

/** A world in which a whole run has passed, and how it was judged before anybody damaged it. */
export type CleanWorld = Readonly<{
  name: WorldName;
  file: string;
  definition: Definition;
  range: DaySpan;
  schedule: Schedule;
  clean: Assessment;
}>;

/** Lets the work have the world for as long as it lasts; null where the real seasons are absent. */
export async function withCleanWorld<Result>(
  name: WorldName,
  work: (world: CleanWorld) => Promise<Result>,
): Promise<Result | null> {
  if (name === 'seasons' && !existsSync(SEASONS)) return null;
  const directory = mkdtempSync(join(tmpdir(), `phasegate-${name}-`));
  try {
    return await work(await (name === 'league' ? leagueWorld(directory) : seasonsWorld(directory)));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Ten teams, 40 games each, two seasons: small, and large enough for every check to have its population. */
async function leagueWorld(directory: string): Promise<CleanWorld> {
  const raw = join(directory, 'raw');
  mkdirSync(raw);
  const league = generateLeague({ seed: 11, teams: 10, gamesPerTeam: 40 });
  writeLeague(raw, league);
  const games = league.seasons.flatMap((season) => season.schedule);
  const days = games.flatMap(({ seasonType, day }) => (seasonType === 'regular' ? [day] : []));
  const range = { from: days[0] ?? RANGE.from, to: days.at(-1) ?? RANGE.to };
  return runWorld('league', directory, raw, range, {});
}

async function seasonsWorld(directory: string): Promise<CleanWorld> {
  return runWorld('seasons', directory, SEASONS, RANGE, { overlay: OVERLAY });
}

async function runWorld(
  name: WorldName,
  directory: string,
  raw: string,
  range: DaySpan,
  options: Readonly<{ overlay?: string }>,
): Promise<CleanWorld> {
  const place = ['--world', `local:${directory}`];
  const laid = options.overlay === undefined ? [] : ['--overlay', options.overlay];
  await mustEndWell('load', raw, ...place);
  await mustEndWell('start', '--from', range.from, '--to', range.to, ...laid, ...place);
  const definition = readDefinitionFiles({ pipeline: 'nba', ...options });
  const file = join(directory, 'warehouse.duckdb');
  const clean = await judgeFile(file, definition.pipeline, range, 'clean');
  return { name, file, definition, range, schedule: clean.schedule, clean };
}

async function mustEndWell(...args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await phasegate(...args);
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${stderr}${stdout}`);
}
