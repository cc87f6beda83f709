import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhasegateError } from '../../shared/core/errors.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import { NEVER_OBSERVED } from '../../shared/core/monitor/monitor-state.ts';
import { writeEvidence } from '../../shared/edge/evidence-text.ts';
import { AT } from '../contract/scheduler.ts';
import { day, RUN } from '../core/build.ts';
import { evidenceOf } from '../core/evidence-of.ts';
import {
  analyticsDone,
  judged,
  neverRan,
  requested,
  rollOf,
  succeeded,
} from '../core/run-story.ts';
import { D1, dayWith, facts, holdsOn, notNull, unique } from '../core/table-facts.ts';
import { pagePlace, type TestedPage } from './page-place.ts';

const GATE = evidenceOf(
  [facts([notNull, unique], [[D1, dayWith(4, { ...holdsOn(notNull, 1) })]])],
  { run: RUN },
);
const FINDING = {
  cause: 'source/raw.box',
  severity: 'error',
  title: 'source raw.box lacks days',
  days: [{ from: day('2022-01-03'), to: day('2022-01-04') }],
  details: ['days: 3/5'],
  next: 'npx phasegate health daily',
  since: AT,
  toldAt: null,
  quietUntil: '2026-01-03T18:00:00.000Z',
} as const;

let page: TestedPage;
beforeEach(() => {
  page = pagePlace();
});
afterEach(() => page.close());
const mainOf = (body: string) => /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? '';
const read = async (path: string) => mainOf((await page.ask(path)).body);
const unavailable = async () => {
  throw new PhasegateError('unavailable', 'nobody answers');
};

describe('now', () => {
  it('says in its first line how it stands, and shows how far each phase of a live run is', async () => {
    await page.keep([
      ...analyticsDone,
      rollOf('analytics', { 'a.teams': 'PASS', 'a.players': 'PASS' }),
    ]);
    const body = await read('/');
    expect(body).toMatch(/class="lead">.*UNKNOWN<\/span> 1 run live; no monitor has looked yet/);
    expect(body).toContain('analytics: passed</span> <progress max="2" value="2"');
    expect(body).toContain('precompute: open</span> <progress max="1" value="0"');
    expect(body).toContain('2 of 3 tables passed, 1 left');
  });

  it('tells what is open with its days, since when, and that nobody was told yet', async () => {
    await page.monitors.commit('daily', 0, { ...NEVER_OBSERVED, open: [FINDING] });
    const body = await read('/');
    expect(body).toMatch(/1 finding open/);
    expect(body).toContain('2022-01-03..2022-01-04 (2 days)');
    expect(body).toMatch(/not told; .*2026-01-03 13:00 -05:00/);
    expect(body).toContain('npx phasegate health daily --world local:there');
  });

  it('is no pass once a monitor has missed a look, or could not find out at its last one', async () => {
    const looked = { asked: AT, due: AT, startedAt: AT, endedAt: AT, message: 'all there' };
    const run = { ...looked, verdict: 'PASS', findings: 0, evidence: null } as const;
    const keepAll = async (version: number, verdict: 'PASS' | 'UNKNOWN') => {
      for (const { name } of page.declared.monitors) {
        const runs = [{ ...run, verdict }];
        await page.monitors.commit(name, version, { ...NEVER_OBSERVED, runs });
      }
    };
    await keepAll(0, 'PASS');
    expect(await read('/')).toMatch(/PASS<\/span> no run is known; nothing is open<\/p>/);
    const later = await page.ask('/', { now: () => '2026-02-03T12:00:00.000Z' });
    expect(later.body).toMatch(/UNKNOWN<\/span> .*2 monitors have missed the last look/);
    await keepAll(1, 'UNKNOWN');
    expect(await read('/')).toMatch(/UNKNOWN<\/span> .*2 monitors have missed the last look/);
  });

  it('tells the next looks by their crons, and a pause with its reason in their place', async () => {
    expect(await read('/')).toMatch(
      /10:00 -05:00<\/time> <a href="\/monitors\/daily"|09:45 -05:00/,
    );
    const pause = { reason: 'the league moved', until: '2026-01-05T00:00:00.000Z', by: 'ana' };
    await page.scheduler.pause('monitor-daily', pause);
    const body = await read('/');
    expect(body).toMatch(/paused<\/strong> monitor-daily until .* by ana: the league moved/);
    expect(body).not.toContain('href="/monitors/daily"');
  });

  it('says what could not be read where it would stand, and shows the rest', async () => {
    await page.keep([requested, neverRan]);
    const { status, body } = await page.ask('/', {
      scheduler: { list: unavailable },
      monitors: { load: unavailable },
    });
    expect(status).toBe(200);
    expect(body).toContain(`href="/runs/${RUN}"`);
    expect(body.match(/Not known\.<\/strong> It could not be read: nobody answers/g)).toHaveLength(
      3,
    );
    expect(body).toContain('Whether any is paused is not known');
    expect(body).toMatch(
      /UNKNOWN<\/span> 1 run live; .*not known: what daily saw, what stuck saw, the schedules/,
    );
  });
});

describe('a run', () => {
  const blocked = [
    requested,
    neverRan,
    succeeded('a.teams'),
    judged('a.teams', 'FAIL', 1, 1, '2022-01-03..2022-01-04'),
  ];

  it('says its verdict first, then what to do, and leads to the evidence of each gate', async () => {
    await page.keep(blocked, { status: 'blocked', endedAt: AT });
    const body = await read(`/runs/${RUN}`);
    expect(body).toMatch(
      /class="lead">.*FAIL<\/span> .* blocked<\/span>: 2022-01-01 to 2022-01-31, 0 of 3/,
    );
    expect(body).toContain(`npx phasegate repair ${RUN} --world local:there`);
    expect(body).toContain('<a href="/gates/a.teams%2F1">what its gate kept</a>');
    expect(body).toContain('2022-01-03..2022-01-04 (2 days)');
    expect(body).toMatch(/<rect class="blocked".*\n<text[^>]*>teams<\/text><text[^>]*>✗ blocked/);
    expect(body).not.toContain('data-live');
  });

  it('is told although the warehouse is gone, and what its checks said is not known then', async () => {
    await page.keep(blocked, { status: 'blocked', endedAt: AT });
    const { status, body } = await page.ask(`/runs/${RUN}`);
    expect(status).toBe(200);
    expect(body).toContain('It could not be read: the warehouse does not answer');
    expect(body).toContain('gate: FAIL');
  });

  it('that goes on asks no warehouse, and is followed', async () => {
    await page.keep(blocked.slice(0, 3));
    const body = await read(`/runs/${RUN}`);
    expect(body).not.toContain('could not be read');
    expect(body).toContain('<main id="main" data-live>');
  });

  it('of which a signature was asked says who signed what, until when and why', async () => {
    const signed = { by: 'ana', reason: 'the league lost them', at: AT };
    const override = { ...signed, table: parseTableName('a.teams'), until: day('2026-02-01') };
    await page.keep(blocked, { overrides: [{ ...override, refused: 'FAIL' }] });
    const body = await read(`/runs/${RUN}`);
    expect(body).toMatch(/override of .*a\.teams<\/a> by ana .*until 2026-02-01: the league lost/);
  });

  it.each([
    `/runs/${RUN}`,
    '/runs/%3Cb%3E',
    '/runs/x',
    '/gates/gate-1',
    '/gates/a%2Fb',
    '/nowhere',
    '/runs/%E0%A4%A',
    '/tables/%E0%A4%A',
  ])('and whatever else is not there is not found at %s', async (path) => {
    expect((await page.ask(path)).status).toBe(404);
  });
});

it('nothing is said to be right of the schedules where no monitor needs one', async () => {
  const { declared } = page;
  const definitionNow = () => ({ pipeline: { ...declared, monitors: [] }, text: '{}', hash: 'd1' });
  const { body } = await page.ask('/monitors', { definitionNow });
  expect(body).toContain('0 expected for the monitors');
  expect(body).not.toContain('✓ Each one');
});

describe('a gate', () => {
  it('shows what does not hold first and what holds folded, with its seal', async () => {
    const { text, sha256 } = writeEvidence(GATE);
    await page.evidence.put('gate-1', text);
    const body = await read('/gates/gate-1');
    expect(body).toContain(`SHA-256 <code>${sha256}</code>: the content is what was written`);
    const at = (what: string) => body.indexOf(what);
    expect(at(`</span> ${notNull.id}</h3>`)).toBeGreaterThan(0);
    expect(at('<summary>')).toBeGreaterThan(at(`</span> ${notNull.id}</h3>`));
    expect(body).toContain('<a href="/gates/gate-1?why=1">Look for the cause now</a>');
    expect(body).toContain(`href="/runs/${RUN}"`);
  });

  it('whose cause cannot be looked for says so, and shows what it kept all the same', async () => {
    await page.evidence.put('gate-1', writeEvidence(GATE).text);
    const body = await read('/gates/gate-1?why=1');
    expect(body).toMatch(/Why<\/h2>\s*<p class="UNKNOWN">.*It could not be read/);
    expect(body).toContain(`</span> ${notNull.id}</h3>`);
  });

  it('that was changed after it was written is damaged, and shows nothing of what it says', async () => {
    const forged = writeEvidence(GATE).text.replaceAll('"verdict":"FAIL"', '"verdict":"PASS"');
    await page.evidence.put('gate-1', forged);
    const { status, body } = await page.ask('/gates/gate-1');
    expect(status).toBe(200);
    expect(body).toMatch(/UNKNOWN<\/span> this evidence is damaged/);
    expect(mainOf(body)).not.toMatch(/PASS|holds/);
  });
});

describe('the audit', () => {
  it('tells what people did, the latest first, with the evidence that was signed', async () => {
    const signed = (at: string, by: string) => ({ by, reason: 'because', at });
    await page.keep([
      requested,
      neverRan,
      { type: 'pause-requested', ...signed('2026-01-03T05:00:00.000Z', 'ana') },
      { type: 'cancel-requested', ...signed('2026-01-03T06:00:00.000Z', 'ben') },
      {
        type: 'signed-off',
        evidence: { 'gate-1': 'abc123' },
        ...signed('2026-01-03T07:00:00.000Z', 'cid'),
      },
    ]);
    const body = await read('/audit');
    const order = ['signed off', 'cancelled', 'paused'].map((what) =>
      body.indexOf(`"row">${what}`),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(body).toContain('<a href="/gates/gate-1">gate-1</a> SHA-256 <code>abc123</code>');
    expect(body).not.toContain('asked for');
  });

  it('says of a waiver and a loosened promise that ran out that they count as absent', async () => {
    const signed = { table: parseTableName('a.teams'), reason: 'lost', who: 'ana' };
    const until = { gone: day('2026-01-02'), there: day('2026-01-03') };
    const waiver = { ...signed, check: 'days', days: [{ from: D1, to: D1 }] };
    const pipeline = {
      ...page.declared,
      waivers: [
        { ...waiver, until: until.gone },
        { ...waiver, until: until.there },
      ],
      loosened: [{ ...signed, check: null, field: null, until: until.gone }],
    };
    const { body } = await page.ask('/audit', {
      definitionNow: () => ({ pipeline, text: '{}', hash: 'd1' }),
    });
    expect(body.match(/2026-01-02 <strong class="WARN">ran out: counts as absent/g)).toHaveLength(
      2,
    );
    expect(body).not.toContain('2026-01-03 <strong');
  });
});

it('reads the newest runs alone, counts the others, and writes nothing anywhere', async () => {
  await page.keep([requested, neverRan]);
  await page.evidence.put('gate-1', writeEvidence(GATE).text);
  // Timers remember when they were seen first.
  await page.scheduler.list();
  const before = page.writes();
  const list = () => Promise.reject(new Error('all runs were asked for'));
  for (const path of ['/', '/runs', `/runs/${RUN}`, '/gates/gate-1', '/audit']) {
    const { status } = await page.ask(path, { runs: { ...page.place.runs, list } });
    expect([path, status]).toEqual([path, 200]);
  }
  expect(page.writes()).toEqual(before);
});
