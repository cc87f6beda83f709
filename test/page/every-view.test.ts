import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEVER_OBSERVED } from '../../shared/core/monitor/monitor-state.ts';
import { writeEvidence } from '../../shared/edge/evidence-text.ts';
import { AT } from '../contract/scheduler.ts';
import { day, RUN } from '../core/build.ts';
import { evidenceOf } from '../core/evidence-of.ts';
import { judged, neverRan, requested, succeeded } from '../core/run-story.ts';
import { D1, D2, dayWith, facts, notNull, unique } from '../core/table-facts.ts';
import { pagePlace } from './page-place.ts';

const EVIL = `"><script>alert('x')</script><img src=x onerror=alert(1)>&`;
const signed = { by: EVIL, reason: EVIL, at: AT };

/** Each view, where every text that comes from elsewhere is full of markup. */
describe.each(['/', '/runs', `/runs/${RUN}`, '/gates/gate-1', '/audit', '/runs/%3Cscript%3E'])(
  'the view at %s',
  (path) => {
    const page = pagePlace();
    let body = '';
    afterAll(() => page.close());
    beforeAll(async () => {
      await page.keep(
        [
          { ...requested, ...signed },
          neverRan,
          succeeded('a.teams'),
          Object.assign(judged('a.teams', 'FAIL', 1, 1, '2022-01-03'), { message: EVIL }),
          { type: 'pause-requested', ...signed },
        ],
        { status: 'blocked', message: EVIL, version: EVIL, waitingFor: EVIL, paused: signed },
      );
      const gate = evidenceOf([facts([{ ...notNull, id: EVIL }, unique], [[D1, dayWith(1)]])], {
        requestedBy: EVIL,
        statements: [
          {
            purpose: EVIL,
            sql: EVIL,
            params: { from: { type: 'DATE', value: EVIL } },
            jobId: EVIL,
            bytesPredicted: 1,
            bytesProcessed: 1,
            bytesBilled: 1,
          },
        ],
      });
      await page.evidence.put('gate-1', writeEvidence(gate).text);
      const finding = { cause: EVIL, severity: 'error', title: EVIL, details: [EVIL] } as const;
      const told = { since: AT, toldAt: AT, quietUntil: AT, days: [], next: EVIL };
      const open = [{ ...finding, ...told }];
      await page.monitors.commit('daily', 0, { ...NEVER_OBSERVED, open });
      await page.scheduler.pause('monitor-daily', { ...signed, until: '2026-01-05T00:00:00.000Z' });
      const waiver = { table: page.declared.phases[0]?.tables[0]?.name, check: EVIL, reason: EVIL };
      const waivers = [
        { ...waiver, who: EVIL, until: day('2026-02-01'), days: [{ from: D1, to: D2 }] },
      ];
      const pipeline = { ...page.declared, waivers } as typeof page.declared;
      const definitionNow = () => ({ pipeline, text: '{}', hash: 'd1' });
      body = (await page.ask(path, { definitionNow })).body;
    });

    it('leaves what comes from elsewhere a text', () => {
      const own = body.match(/<script>/g) ?? [];
      expect(own).toHaveLength(1);
      expect(body).not.toMatch(/<img|<script>alert/);
      expect(body).not.toMatch(/="[^"]*<script/);
    });

    it('has its headings in order, one of them the first', () => {
      const levels = [...body.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      const steps = levels.map((level, index) => level - (levels[index - 1] ?? 0));
      expect(Math.max(...steps)).toBe(1);
    });

    it('names the scope of each heading of a table, and lets each region that scrolls be reached', () => {
      expect(body.match(/<th(?! scope="(col|row|rowgroup)")[ >]/g)).toBeNull();
      const regions = body.match(/<div class="scroll"[^>]*>/g) ?? [];
      expect(
        regions.filter((each) => !/tabindex="0" role="region" aria-label="[^"]+"/.test(each)),
      ).toEqual([]);
      expect(body.match(/<table/g)?.length ?? 0).toBeLessThanOrEqual(regions.length);
    });

    it('has no style and no handler of its own in a tag: its policy forbids them', () => {
      expect(body).not.toMatch(/<[a-z][^>]* (style|on[a-z]+)="/);
    });

    it('tells each verdict by its word', () => {
      const marks = [
        ...body.matchAll(/class="verdict[^"]*"><span aria-hidden="true">.<\/span> (.*?)<\/span>/g),
      ];
      expect(marks.filter(([, word]) => !/\w/.test(word ?? ''))).toEqual([]);
    });
  },
);
