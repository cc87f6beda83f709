import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDefinitionFiles } from '../../shared/adapters/pipeline-files.ts';
import { demoLeague } from '../../shared/cli/demo/crisis.ts';
import type { Pipeline } from '../../shared/core/pipeline.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import { phasegate } from '../e2e/phasegate.ts';
import { LEAGUE_DAYS, writeTinyLeague } from '../fixtures/tiny-league.ts';

/** A loaded world in which nothing was ever started, and what a start is told. */
export type League = Readonly<{
  name: string;
  /** To be copied, never opened. */
  template: string;
  pipelineName: string;
  pipeline: Pipeline;
  range: readonly string[];
  /** A start that takes longer hangs. */
  patienceMs: number;
}>;

/** Four teams, ten days, two tables; its jobs write in several chunks, so that one can be stopped between two. */
export async function tinyLeague(directory: string): Promise<League> {
  const file = join(directory, 'pipeline.yaml');
  const yaml = readFileSync('test/fixtures/tiny.yaml', 'utf8');
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, yaml.replaceAll('        job:\n', '        job:\n          chunkDays: 3\n'));
  writeTinyLeague(join(directory, 'raw'));
  return loaded('tiny', directory, file, LEAGUE_DAYS[0] ?? '', LEAGUE_DAYS.at(-1) ?? '', 300_000);
}

/** The league of the demo under the real pipeline, without its crisis. */
export async function wholeLeague(directory: string): Promise<League> {
  const league = demoLeague({ teams: 30, gamesPerTeam: 82 });
  mkdirSync(join(directory, 'raw'), { recursive: true });
  writeLeague(join(directory, 'raw'), league);
  const games = league.seasons.flatMap((season) => season.schedule);
  const days = games.flatMap(({ seasonType, day }) => (seasonType === 'regular' ? [day] : []));
  const [from = '', to = ''] = [days.toSorted()[0], days.toSorted().at(-1)];
  return loaded('demo', directory, 'nba', from, to, 900_000);
}

/** A world of its own, as the league was loaded. */
export function copyWorld({ template }: League, directory: string): void {
  cpSync(template, directory, { recursive: true });
}

async function loaded(
  name: string,
  directory: string,
  pipelineName: string,
  from: string,
  to: string,
  patienceMs: number,
): Promise<League> {
  const template = join(directory, 'template');
  const place = ['--world', `local:${template}`, '--pipeline', pipelineName];
  const { code, stderr } = await phasegate('load', join(directory, 'raw'), ...place);
  if (code !== 0) throw new Error(`the ${name} league could not be loaded:\n${stderr}`);
  const { pipeline } = readDefinitionFiles({ pipeline: pipelineName });
  const range = ['--from', from, '--to', to];
  return { name, template, pipelineName, pipeline, range, patienceMs };
}
