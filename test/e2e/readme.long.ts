import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateLeague } from '../../shared/league/league.ts';
import { writeLeague } from '../../shared/league/write-league.ts';
import { emptyDirectory, startPhasegate } from './phasegate.ts';

const LAUNCHER = resolve('shared/cli/phasegate.js');
const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
  text.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim()),
);
const commands = blocks.filter((line) => line.startsWith('npx phasegate '));

/** Runs a README line in an empty directory, through the launcher that `npx phasegate` starts. */
function run(line: string, directory: string): Promise<{ code: number; stdout: string }> {
  const args = line.replace('npx phasegate ', '').split(' ');
  return new Promise((done) =>
    execFile(process.execPath, [LAUNCHER, ...args], { cwd: directory }, (error, stdout) =>
      done({ code: error === null ? 0 : Number(error.code), stdout }),
    ),
  );
}

describe('the README', () => {
  const directory = emptyDirectory();
  const ended = new Map<string, { code: number; stdout: string }>();

  beforeAll(async () => {
    const raw = join(directory, 'raw');
    writeLeague(
      raw,
      generateLeague({
        seed: 3,
        teams: 10,
        gamesPerTeam: 20,
        seasons: [{ seasonYear: 2021, start: '2021-10-19' }],
      }),
    );
    let id = '';
    for (const command of commands) {
      if (command.endsWith(' up')) continue;
      const line = command.replace(' DIR', ` ${raw}`).replace(' RUN', ` ${id}`);
      ended.set(command, await run(line, directory));
      id = /nba-\d{8}-\d{8}-[0-9a-f]{8}/.exec(ended.get(command)?.stdout ?? '')?.[0] ?? id;
    }
  }, 240_000);

  it('names only npm lines that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const used = blocks.flatMap((line) =>
      [...line.matchAll(/npm (?:run )?(\w+)/g)].map(([, name = '']) => name),
    );
    expect(used.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
  });

  it.each(commands.filter((command) => !command.endsWith(' up')))('%s ends with 0', (command) => {
    const stdout = command.includes(' --output ') ? '' : expect.stringMatching(/\S/);
    expect(ended.get(command)).toMatchObject({ code: 0, stdout });
  });

  it('npx phasegate up runs until Ctrl-C', async () => {
    expect(commands).toContain('npx phasegate up');
    const up = startPhasegate('up', '--world', `local:${directory}/.phasegate`);
    await up.saw(/is up/);
    up.kill('SIGINT');
    expect((await up.ended).code).toBe(0);
  });

  it('links only to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(3);
    for (const path of links) expect(readFileSync(path, 'utf8').length).toBeGreaterThan(100);
  });
});
