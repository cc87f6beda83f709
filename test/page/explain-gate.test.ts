import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeEvidence } from '../../shared/edge/evidence-text.ts';
import { assess } from '../../shared/shell/assess.ts';
import { selectTablesOf } from '../core/build.ts';
import { evidenceOf } from '../core/evidence-of.ts';
import {
  fillTiny,
  type OpenWarehouse,
  openWarehouse,
  TINY,
  TINY_RANGE,
} from '../fixtures/tiny-warehouse.ts';
import { pagePlace } from './page-place.ts';

const page = pagePlace();
const { pipeline } = TINY;
const [teamGames] = selectTablesOf(pipeline);
let opened: OpenWarehouse;
beforeAll(async () => {
  opened = await openWarehouse(':memory:');
  await fillTiny(opened.warehouse);
});
afterAll(async () => {
  await opened.server.close();
  page.close();
});

it('the cause of what a gate found is looked for when somebody asks, with the next command, and nothing is kept of it', async () => {
  const { warehouse } = opened;
  if (teamGames === undefined) throw new Error('the tiny pipeline has no table');
  const checks = teamGames.checks.map((check) =>
    check.kind === 'range' ? { ...check, min: null, max: 0 } : check,
  );
  const strict = { ...teamGames, checks };
  const request = { id: 'gate-1', relations: [strict], ...TINY_RANGE, keeps: false };
  const { tables } = await assess(warehouse, pipeline, request, new Date().toISOString());
  const gate = evidenceOf(
    tables.map(({ facts }) => facts),
    { ...TINY_RANGE, definition: TINY.hash, pipeline: pipeline.name },
  );
  await page.evidence.put('gate-1', writeEvidence(gate).text);
  const kept = async () =>
    (await warehouse.query({ sql: 'SELECT COUNT(*) AS n FROM `phasegate.profiles`', params: {} }))
      .rows;
  const before = await kept();
  const place = { warehouse, definitionNow: () => TINY };
  const asked = await page.ask('/gates/gate-1?why=1', place);
  expect(asked.body).toContain('nothing that analytics.team_games reads is bad there');
  expect(asked.body).toMatch(/npx phasegate start --from 2022-01-01 .* --world local:there/);
  expect(await kept()).toEqual(before);
});
