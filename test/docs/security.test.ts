import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { derived, hasTerraform } from '../infra/terraform.ts';

const page = readFileSync('SECURITY.md', 'utf8');
const rows = (cells: number) =>
  page
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((row) => row.length === cells + 2);
const rights = globSync('infra/rights*.tf')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

describe('the page on security', () => {
  it.runIf(hasTerraform())(
    'gives every function the rights and the caller that terraform gives it',
    async () => {
      const { doorways, schedules } = await derived({ pipeline: 'shared/pipelines/nba.yaml' });
      const told = rows(3).flatMap(([, name = '', caller, may = '']) =>
        name.startsWith('`') ? [[name.replaceAll('`', ''), caller, may.split(', ')]] : [],
      );
      const callerOf = (name: string) => {
        if (name in schedules) return 'Cloud Scheduler';
        if (doorways[name]?.topic !== null) return 'Pub/Sub';
        return name === 'api' ? 'operators, readers, jobs' : 'operators, readers';
      };
      const made = Object.entries(doorways).map(([name, { may }]) => [name, callerOf(name), may]);
      expect(told.sort()).toEqual(made.sort());
    },
  );

  it('says of each right what it is, and of no other', () => {
    const told = rows(2)
      .flatMap(([, names = '']) => names.split(', '))
      .filter((name) => /^[a-z]+(-[a-z]+)?$/.test(name) && name !== 'right');
    const known = [...rights.matchAll(/who_may\["([a-z-]+)"\]/g)].map(([, name = '']) => name);
    expect(told.sort()).toEqual([...new Set([...known, 'read-secrets'])].sort());
  });

  it('names only roles that the infrastructure grants', () => {
    const granted = globSync('infra/*.tf')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const named = [...page.matchAll(/`(roles\/[\w.]+)`/g)].map(([, role = '']) => role);
    const byHand = ['roles/cloudbuild.builds.approver'];
    expect(named.length).toBeGreaterThan(10);
    expect(
      named.filter((role) => !granted.includes(`"${role}"`) && !byHand.includes(role)),
    ).toEqual([]);
  });

  it('names every role that a function is given', () => {
    const given = [...rights.matchAll(/"(roles\/[\w.]+)"/g)].map(([, role = '']) => role);
    expect(given.filter((role) => !page.includes(role))).toEqual([]);
  });

  it('links only to files that are there', () => {
    const files = [...page.matchAll(/\]\(([^):]+)\)|`(infra\/[\w./-]+)`/g)].map(
      ([, a, b]) => a ?? b ?? '',
    );
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
