import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder } from '../deploy/scratch.ts';
import { blocksOf } from '../infra/blocks.ts';

const page = readFileSync('docs/deploy.md', 'utf8');
const lines = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text = '']) =>
  text.trim().split('\n'),
);
const exports = lines.filter((line) => line.startsWith('export ') && !line.includes('gcloud '));
const gcloud = lines.filter((line) => line.includes('gcloud '));

const hasGcloud = spawnSync('gcloud', ['version'], { stdio: 'ignore' }).status === 0;
if (!hasGcloud) console.warn('gcloud is not here: the commands of docs/deploy.md are not parsed');

/** A place in which a line finds the files that the lines before it made, and no account. */
function place(): Readonly<{ cwd: string; env: NodeJS.ProcessEnv }> {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'dist'));
  const made = ['dist/source.sha256', 'dist/source.zip', 'Dockerfile'];
  for (const name of made) writeFileSync(join(cwd, name), 'x');
  const more = { SLACK_WEBHOOK_URL: 'x', SMTP_URL: 'x', CLOUDSDK_CONFIG: join(cwd, 'gcloud') };
  return { cwd, env: { ...process.env, ...more, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' } };
}

/** What gcloud says of a line, run as it stands there; of a loop the first turn. */
function said(line: string): Promise<string> {
  const once = line.replace(/for (\w+) in (\S+) [^;]*;/, 'for $1 in $2;');
  const script = ['set -u', ...exports, once].join('\n');
  return new Promise((done) =>
    execFile('bash', ['-c', script], place(), (_, stdout, stderr) => done(stdout + stderr)),
  );
}

describe('the guide to deploy', () => {
  it.runIf(hasGcloud)(
    'has no gcloud line that gcloud would not take from somebody who is logged in',
    async () => {
      const commands = gcloud.filter((line) => !line.includes('gcloud auth '));
      expect(commands.length).toBeGreaterThan(18);
      const refused: string[] = [];
      const waiting = [...commands];
      const work = async () => {
        for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
          const answer = await said(line);
          if (!/You do not currently have an active account selected/.test(answer)) {
            refused.push(`${line}\n${answer}`);
          }
        }
      };
      await Promise.all([work(), work(), work()]);
      expect(refused).toEqual([]);
    },
    180_000,
  );

  it.runIf(hasGcloud)(
    'would be found out if a line had a flag that gcloud does not know',
    async () => {
      expect(await said('gcloud pubsub topics publish x --project=p --massage=y')).not.toMatch(
        /active account selected/,
      );
    },
  );

  it('sets every name before a line uses it', () => {
    const known = new Set(['SLACK_WEBHOOK_URL', 'SMTP_URL', 'role']);
    for (const line of lines) {
      const own = line.startsWith('export ') ? line.slice(0, line.indexOf('=')) : '';
      const used = [...line.matchAll(/\$\{?([A-Za-z_]+)/g)].map(([, name = '']) => name);
      for (const [, name = ''] of line.startsWith('export ') ? line.matchAll(/(\w+)=/g) : []) {
        known.add(name);
      }
      expect({ line, own, unset: used.filter((name) => !known.has(name)) }).toMatchObject({
        unset: [],
      });
    }
  });

  it('gives terraform only variables that it has, and all that have no default', () => {
    const variables = blocksOf('infra').filter(({ kind }) => kind === 'variable');
    const names = variables.map(({ labels: [name = ''] }) => name);
    const needed = variables
      .filter(({ text }) => !/^ {2}default\s+=/m.test(text))
      .map(({ labels: [name = ''] }) => name);
    const apply = lines.find((line) => line.includes(' apply ')) ?? '';
    const [, tfvars = ''] = /```hcl\n([\s\S]*?)```/.exec(page) ?? [];
    const given = [
      ...[...apply.matchAll(/-var="(\w+)=/g)].map(([, name = '']) => name),
      ...[...tfvars.matchAll(/^(\w+)\s+=/gm)].map(([, name = '']) => name),
    ];
    expect(given.filter((name) => !names.includes(name))).toEqual([]);
    expect(needed.filter((name) => !given.includes(name))).toEqual([]);
  });

  it('names only npm lines, scripts and pages that are there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const used = lines.flatMap((line) => /^npm run (\S+)/.exec(line)?.[1] ?? []);
    expect(used).toEqual(['deploy:source']);
    expect(used.filter((name) => !(name in scripts))).toEqual([]);
    const files = [...page.matchAll(/`(infra\/[\w.]+\.(?:sh|yaml))`/g)].map(
      ([, file = '']) => file,
    );
    const links = [...page.matchAll(/\]\(([^):]+)\)/g)].map(([, path = '']) => join('docs', path));
    expect([...files, ...links].filter((path) => !existsSync(path))).toEqual([]);
    expect(dirname(links[0] ?? '')).toBe('docs');
  });
});
