import { describe, expect, it } from 'vitest';
import type { Column } from '../../shared/core/column.ts';
import { replaceStatement } from '../../shared/sql/replace.ts';

const columns: readonly Column[] = [
  { name: 'day', type: 'DATE', required: true },
  { name: 'k', type: 'STRING', required: true },
];
const given = { table: 'ds.t', columns, key: ['day', 'k'], dayColumn: 'day', select: 'SELECT 1;' };

describe('a replace', () => {
  it('is one MERGE that deletes the days asked for and inserts what the select returns', () => {
    expect(replaceStatement(given)).toBe(
      [
        'MERGE `ds.t` AS t',
        'USING (',
        'SELECT r.`day`, r.`k`',
        'FROM (SELECT q.*, COUNT(*) OVER (PARTITION BY q.`day`, q.`k`) AS phasegate_copies FROM (',
        'SELECT 1',
        ') AS q) AS r',
        "WHERE CASE WHEN r.phasegate_copies > 1 THEN ERROR(CONCAT('two rows of one key in ds.t (day, k): ', IFNULL(CAST(r.`day` AS STRING), 'NULL'), ', ', IFNULL(CAST(r.`k` AS STRING), 'NULL'))) WHEN r.`day` BETWEEN @from AND @to THEN TRUE ELSE ERROR(CONCAT('a row of ds.t outside the days replaced, day: ', IFNULL(CAST(r.`day` AS STRING), 'NULL'))) END",
        ') AS s',
        'ON FALSE',
        'WHEN NOT MATCHED BY SOURCE AND t.`day` BETWEEN @from AND @to THEN DELETE',
        'WHEN NOT MATCHED BY TARGET THEN INSERT (`day`, `k`)',
        'VALUES (s.`day`, s.`k`)',
      ].join('\n'),
    );
  });

  it('of a table without days deletes everything and mentions no parameter', () => {
    const sql = replaceStatement({ ...given, dayColumn: null });
    expect(sql).toContain('WHEN NOT MATCHED BY SOURCE THEN DELETE');
    expect(sql).not.toContain('@');
  });

  it('keeps a comment at the end of the select from swallowing what follows', () => {
    expect(replaceStatement({ ...given, select: 'SELECT 1 -- all' })).toContain(
      'SELECT 1 -- all\n) AS q',
    );
  });

  it.each([
    ['a table', { table: 'ds.t` AS x' }],
    ['a table without dataset', { table: 't' }],
    ['a column', { columns: [{ name: 'a b', type: 'STRING', required: true } as const] }],
    ['a key', { key: ['k); --'] }],
    ['a key of nothing', { key: [] }],
    ['a day column', { dayColumn: '1day' }],
  ])('refuses %s that is not a name', (_, wrong) => {
    expect(() => replaceStatement({ ...given, ...wrong })).toThrow(
      expect.objectContaining({ kind: 'invalid-input' }),
    );
  });
});
