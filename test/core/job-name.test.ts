import { expect, it } from 'vitest';
import { parseTableName } from '../../shared/core/ids.ts';
import { jobName, jobNames } from '../../shared/core/job-name.ts';

const table = parseTableName('nba_analytics.player_game_summary');

it('a job is called after its table, and after its environment where there is one', () => {
  expect(jobName(table)).toBe('phasegate-nba-analytics-player-game-summary');
  expect(jobName(table, 'prod')).toBe('phasegate-nba-analytics-player-game-summary-prod');
});

it('a name of 63 characters is taken, one more is refused with its length', () => {
  const named = (length: number) =>
    parseTableName(`d.${'t'.repeat(length - 'phasegate-d-'.length)}`);
  expect(jobName(named(63))).toHaveLength(63);
  expect(() => jobName(named(64))).toThrow(/64 characters/);
  expect(() => jobName(named(63), 'p')).toThrow(/65 characters/);
});

it('a name that ends with a dash is refused', () => {
  expect(() => jobName(parseTableName('d.t_'))).toThrow(/no dash at the end/);
  expect(jobName(parseTableName('d.t_'), 'prod')).toBe('phasegate-d-t--prod');
});

it('two tables that would have the same job are refused, naming both', () => {
  const [one, other] = [parseTableName('a_b.c'), parseTableName('a.b_c')];
  expect(() => jobNames([one, other])).toThrow(/a_b\.c and a\.b_c/);
  expect(jobNames([one, one, table]).get(table)).toBe(jobName(table));
});
