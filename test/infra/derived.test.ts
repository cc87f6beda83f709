import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { deadTopicName, topicName } from '../../shared/core/cloud-names.ts';
import { jobNames } from '../../shared/core/job-name.ts';
import { expectedTriggers } from '../../shared/core/monitor/expected-triggers.ts';
import { type Pipeline, tablesOf } from '../../shared/core/pipeline.ts';
import { SYSTEM_TABLES } from '../../shared/core/system-tables.ts';
import { isTimeZone } from '../../shared/core/time-zone.ts';
import { readPipeline } from '../../shared/edge/pipeline-file.ts';
import { TOPICS } from '../../shared/ports/bus.ts';
import { withJob } from '../fixtures/with-job.ts';
import { type Derived, derived, hasTerraform, refusal, unformatted } from './terraform.ts';

const TINY = 'test/fixtures/tiny.yaml';
const ALERTS = `alerts:
  channels:
    chat: { by: slack }
    oncall: { by: slack, secret: SLACK_WEBHOOK_URL_ONCALL }
    data: { by: mail, to: [data@example.com] }
    log: { by: console }
`;
const NBA = 'shared/pipelines/nba.yaml';

function readHere(file: string): Pipeline {
  const text = readFileSync(file, 'utf8');
  const read = (path: string) => readFileSync(join(dirname(file), path), 'utf8');
  return readPipeline({ file, text }, null, read).pipeline;
}

/** The tiny pipeline, changed. */
function changed(change: (text: string) => string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'phasegate-')), 'pipeline.yaml');
  writeFileSync(file, change(readFileSync(TINY, 'utf8')));
  return file;
}

const IMAGE = `europe-docker.pkg.dev/p/jobs/teams@sha256:${'0'.repeat(64)}`;
const programmed = (program: string, more = '') =>
  changed((text) => withJob(text, `{ program: { ${program} }${more} }`));
const PROGRAMMED = programmed(`image: "${IMAGE}", command: [python3, job.py], args: [--all]`);

const datasetOf = (name: string) => name.split('.')[0] ?? '';
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

describe.runIf(hasTerraform())('what terraform makes', () => {
  describe.each([
    ['the pipeline that ships', NBA, ''],
    ['the pipeline that ships, in an environment', NBA, 'prod'],
    ['a pipeline that leaves out what it may', TINY, 'staging'],
    ['a pipeline with a program of its own', PROGRAMMED, ''],
    ['a pipeline with channels of alerts', changed((text) => `${text}\n${ALERTS}`), ''],
  ])('of %s', (_, file, environment) => {
    const pipeline = readHere(file);
    const tables = tablesOf(pipeline);
    let made: Derived;

    beforeAll(async () => {
      made = await derived({ pipeline: file, environment });
    });

    it('has one job for every table and no other, under the name that the runner looks for', () => {
      const expected = jobNames(
        tables.map(({ name }) => name),
        environment,
      );
      const found = Object.entries(made.jobs).map(([table, { name }]) => [table, name]);
      expect(new Map(found as [never, string][])).toEqual(expected);
      expect(expected.size).toBe(tables.length);
    });

    it('needs the secrets of the channels that the runtime opens', () => {
      const channels = pipeline.alerts?.channels ?? [];
      const secrets = channels.flatMap((channel) =>
        channel.by === 'console' ? [] : channel.secret,
      );
      expect(made.channelSecrets).toEqual(sorted(secrets));
    });

    it('gives each job the deadline that the runtime counts with', () => {
      const expected = tables.map(({ name, job }) => [
        name,
        job.deadlineMinutes ?? pipeline.deadlines.jobMinutes,
      ]);
      const found = Object.entries(made.jobs).map(([table, { minutes }]) => [table, minutes]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    });

    it('runs of each table the program that writes it, and the job that ships for the others', () => {
      const expected = tables.map(({ name, job }) => [
        name,
        job.kind === 'program'
          ? { image: job.program.image, args: job.program.args }
          : { image: null, args: [name] },
      ]);
      const found = Object.entries(made.jobs).map(([table, { image, args }]) => [
        table,
        { image, args },
      ]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    });

    it('has every topic and its dead letters under the names that the bus publishes to', () => {
      const expected = TOPICS.map((topic) => [
        topic,
        { name: topicName(topic, environment), dead: deadTopicName(topic, environment) },
      ]);
      expect(made.topics).toEqual(Object.fromEntries(expected));
      const names = Object.values(made.topics).flatMap(({ name, dead }) => [name, dead]);
      expect(new Set(names).size).toBe(2 * TOPICS.length);
    });

    it('pushes every topic to one function', () => {
      const pushed = Object.values(made.doorways).flatMap(({ topic }) => topic ?? []);
      expect(pushed.sort()).toEqual([...TOPICS].sort());
    });

    it('gives every function a name and an account of its own, of a form that Google takes', () => {
      const doorways = Object.values(made.doorways);
      expect(new Set(doorways.map(({ name }) => name)).size).toBe(doorways.length);
      expect(new Set(doorways.map(({ account }) => account)).size).toBe(doorways.length);
      for (const { name, account } of doorways) {
        expect(name).toMatch(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/);
        expect(account).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
      }
    });

    it('calls by the clock, each minute, what reconciles, and names the time zone of every cron', () => {
      expect(made.schedules.reconcile?.cron).toBe('* * * * *');
      for (const { cron, zone } of Object.values(made.schedules)) {
        expect(cron.split(' ').length).toBe(5);
        expect(zone).toBe(pipeline.timeZone);
        expect(isTimeZone(zone)).toBe(true);
      }
    });

    it('has a schedule for every monitor, which calls as the runtime expects it to', () => {
      const found = Object.values(made.monitors).map(({ name, cron, zone, body }) => ({
        name,
        cron,
        timeZone: zone,
        body,
      }));
      const expected = expectedTriggers(pipeline).map(({ name, cron, timeZone, body }) => ({
        name: topicName(`phasegate-${name}`, environment),
        cron,
        timeZone,
        body,
      }));
      expect(found.sort(byName)).toEqual(expected.sort(byName));
    });

    it('lets jobs write the datasets of tables, and read those of tables and of all that they need', () => {
      const written = tables.map(({ name }) => datasetOf(name));
      const read = pipeline.sources.map(({ name }) => datasetOf(name));
      expect(sorted(made.written)).toEqual(sorted(written));
      expect(sorted(made.read)).toEqual(sorted([...written, ...read]));
      const published = tables.filter(({ publish }) => publish === 'verified');
      expect(sorted(made.verified)).toEqual(
        sorted(published.map(({ name }) => `${datasetOf(name)}_verified`)),
      );
    });

    it('lets the monitor list each bucket in which it looks for files, and no other', () => {
      const folders = pipeline.monitors.flatMap(({ judges }) =>
        judges.what === 'files' ? judges.places.map(({ folder }) => folder) : [],
      );
      expect(sorted(made.buckets)).toEqual(
        sorted(folders.map((folder) => folder.replace('gs://', '').split('/')[0] ?? '')),
      );
    });

    it('has every system table', () => {
      expect(Object.keys(made.tables).sort()).toEqual(SYSTEM_TABLES.map(({ name }) => name).sort());
    });
  });

  it('keeps accounts within 30 characters in the longest environment', async () => {
    const { doorways } = await derived({ pipeline: TINY, environment: 'abcdefghij' });
    const lengths = Object.values(doorways).map(({ account }) => account.length);
    expect(Math.max(...lengths)).toBe(30);
  });

  it('takes the deadline of a table before that of the pipeline', async () => {
    const pipeline = changed((text) =>
      text
        .replace('retry:', 'deadlines: { jobMinutes: 45 }\nretry:')
        .replace('        job:\n', '        job:\n          deadlineMinutes: 7\n'),
    );
    const { jobs } = await derived({ pipeline });
    expect(Object.values(jobs).map(({ minutes }) => minutes)).toEqual([7, 45]);
  });

  it('gives a job the processors and the memory that its table asks for, and others little', async () => {
    const pipeline = programmed(`image: "${IMAGE}"`, ", cpu: '4', memory: 8Gi");
    const { jobs } = await derived({ pipeline });
    expect(jobs).toMatchObject({
      'analytics.team_games': { cpu: '4', memory: '8Gi' },
      'precompute.form': { cpu: '1', memory: '512Mi' },
    });
  });

  it.each(['command: [python3, job.py]', 'image: "europe-docker.pkg.dev/p/jobs/teams:latest"'])(
    'is nothing for a table with program %s, and says which table and what it lacks',
    async (program) => {
      expect(await refusal({ pipeline: programmed(program) })).toMatch(
        /without an image by its digest, job\.program\.image: analytics\.team_games\./,
      );
    },
  );

  it('is nothing for two tables that would have one job', async () => {
    const pipeline = changed((text) => text.replaceAll('precompute.form', 'analytics.team-games'));
    expect(await refusal({ pipeline })).toMatch(/one and the same Cloud Run job/);
    expect(await refusal({ pipeline: TINY })).toBeNull();
  });

  it('is nothing for a table whose job would have too long a name', async () => {
    const pipeline = changed((text) =>
      text.replaceAll('precompute.form', `long.${'x'.repeat(50)}`),
    );
    expect(await refusal({ pipeline })).toMatch(/at most 63 characters/);
  });

  it.each(['Prod', 'a-b', 'abcdefghijk', '1st'])(
    'is nothing in an environment %s',
    async (environment) => {
      expect(await refusal({ pipeline: TINY, environment })).toMatch(/The environment is empty or/);
    },
  );

  it('is written in the form of terraform fmt', async () => {
    expect(await unformatted()).toBe('');
  });
});
