import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigQueryWarehouse } from '../../shared/adapters/gcp/bigquery-warehouse.ts';
import { openBigQueryServer } from '../../shared/adapters/local/bigquery/server.ts';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { judgeTable } from '../../shared/core/judge/judge-table.ts';
import type { Row, Warehouse } from '../../shared/ports/warehouse.ts';
import { type Reader, readerOf } from '../../shared/shell/reader.ts';
import { sampleRows } from '../../shared/shell/sample-rows.ts';
import { sampleQuery } from '../../shared/sql/sample-query.ts';
import { table } from '../core/build.ts';
import { D1, D2, dayWith, facts, holdsOn, notNull } from '../core/table-facts.ts';

const teams = table('a.t');
const check = { ...notNull, where: "team <> 'OUT'" };
const row = (day: string, team: string, points: number | null): Row => ({
  game_date: day,
  team,
  game_id: 'g',
  points,
});

describe('the rows on which a check fails', () => {
  let server: Awaited<ReturnType<typeof openBigQueryServer>>;
  let warehouse: Warehouse;
  let reader: Reader;
  /** Both days fail, as a gate would find. */
  const judged = () => {
    const all = facts(
      [check],
      [
        [D1, dayWith(9, holdsOn(check, 0))],
        [D2, dayWith(9, holdsOn(check, 0))],
      ],
    );
    const judgement = judgeTable(all);
    const failing = judgement.checks.map((each) =>
      each.id === check.id
        ? { ...each, verdict: 'FAIL' as const, days: parseDaySet('2022-01-01') }
        : each,
    );
    return { facts: all, judgement: { ...judgement, checks: failing } };
  };

  beforeAll(async () => {
    server = await openBigQueryServer({ file: ':memory:' });
    warehouse = bigQueryWarehouse({ projectId: 'local', apiEndpoint: server.url });
    reader = readerOf(warehouse, { id: 's', labels: {}, maximumBytes: 2 ** 30 });
    await warehouse.ensureTable({ ...teams, requireDayFilter: true });
    const rows = [
      ...['A', 'B', 'C', 'D', 'E', 'F'].map((team) => row(D1, team, null)),
      row(D1, 'G', 5),
      row(D1, 'OUT', null),
      row(D2, 'A', null),
    ];
    await warehouse.append(teams.name, rows, { jobId: 'rows' });
  });
  afterAll(() => server.close());

  it('are at most five, of the failing days, in the order of the key, and never of rows left out', async () => {
    const [found] = await sampleRows(reader, [judged()]);
    expect(found?.refused).toBeNull();
    expect(found?.keys).toEqual(
      ['A', 'B', 'C', 'D', 'E'].map((team) => `game_date=2022-01-01 team=${team}`),
    );
    expect(found?.params).toEqual({
      from0: { type: 'DATE', value: '2022-01-01' },
      to0: { type: 'DATE', value: '2022-01-01' },
    });
  });

  it('are kept among the statements, byte-capped like any other', async () => {
    expect(reader.statements.map(({ purpose }) => purpose)).toContain('a-t-samples');
    const capped = readerOf(warehouse, { id: 'c', labels: {}, maximumBytes: 1 });
    const [found] = await sampleRows(capped, [judged()]);
    expect(found).toMatchObject({ keys: [], refused: expect.stringMatching(/\S/) });
  });

  it('are not asked for where a check holds or could not be evaluated', async () => {
    const before = reader.statements.length;
    const { facts: all, judgement } = judged();
    for (const verdict of ['PASS', 'WARN', 'UNKNOWN'] as const) {
      const checks = judgement.checks.map((each) => ({ ...each, verdict }));
      expect(
        await sampleRows(reader, [{ facts: all, judgement: { ...judgement, checks } }]),
      ).toEqual([]);
    }
    expect(reader.statements).toHaveLength(before);
  });

  it('do not widen the days: of many spans the first fifty are asked', () => {
    const days = parseDaySet(
      Array.from({ length: 60 }, (_, n) => `20${String(n + 10)}-01-01`).join(','),
    );
    const { params } = sampleQuery(teams, { where: null, holds: 'points > 0' }, days);
    expect(Object.keys(params)).toHaveLength(100);
  });

  it('say why when the warehouse refuses, and throw nothing', async () => {
    await warehouse.dropTable(teams.name);
    const { facts: all, judgement } = judged();
    const later = { ...all, now: '2022-02-02T12:00:00.000Z' };
    const [found] = await sampleRows(reader, [{ facts: later, judgement }]);
    expect(found).toMatchObject({ keys: [], refused: expect.stringMatching(/a\.t|not found/i) });
  });
});
