import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../shared/core/checks/metric.ts';
import type { PublishedMetric } from '../../../shared/core/published-metric.ts';
import { checkProblems } from '../../../shared/core/validate-checks.ts';
import { pipelineOf, table } from '../build.ts';
import { base, checkOf, D1, dayWith, facts } from '../table-facts.ts';
import { historyOf, word } from './launches.ts';

const check: Metric = {
  ...base,
  id: 'error',
  kind: 'metric',
  metric: 'mae',
  atLeast: null,
  atMost: null,
  below: 4.27,
  above: null,
  changeAtMostPercent: null,
};
const published = (value: number, fields: Partial<PublishedMetric> = {}): PublishedMetric => ({
  metric: 'mae',
  value,
  launch: 'a.1',
  publishedAt: '2022-01-20T10:02:00.000Z',
  previous: null,
  ...fields,
});
const found = (of: Metric, ...metrics: PublishedMetric[]) =>
  checkOf(
    'error',
    facts([of], [[D1, dayWith(4)]], { metrics, history: historyOf([D1, word('a.1')]) }),
  );

describe('metric', () => {
  it.each([
    [{ below: 4.27 }, 4.19, 'PASS'],
    [{ below: 4.27 }, 4.27, 'FAIL'],
    [{ below: null, atMost: 4.27 }, 4.27, 'PASS'],
    [{ below: null, atMost: 4.27 }, 4.28, 'FAIL'],
    [{ below: null, above: 0 }, 0, 'FAIL'],
    [{ below: null, atLeast: 0 }, 0, 'PASS'],
    [{ below: null, atLeast: 0 }, -1, 'FAIL'],
  ] as const)('with %j judges %s as %s', (bounds, value, verdict) => {
    expect(found({ ...check, ...bounds }, published(value))?.verdict).toBe(verdict);
  });

  it('names the value, the launch and when it was published', () => {
    const message = found(check, published(4.5))?.message;
    expect(message).toContain('mae 4.5, published by a.1 at 2022-01-20T10:02:00.000Z');
    expect(message).toContain('< 4.27');
  });

  it('shows nothing where nothing was published under its name', () => {
    expect(found(check)?.verdict).toBe('UNKNOWN');
    expect(found(check, published(1, { metric: 'rmse' }))?.verdict).toBe('UNKNOWN');
  });

  it('shows nothing when a later launch published no number: the old one is not its', () => {
    const later = word('a.2', { startedAt: '2022-01-25T09:00:00.000Z' });
    const all = facts([check], [[D1, dayWith(4)]], {
      metrics: [published(4.19)],
      history: historyOf([D1, word('a.1'), later]),
    });
    expect(checkOf('error', all)).toMatchObject({ verdict: 'UNKNOWN' });
    expect(checkOf('error', all)?.message).toContain('launch a.2 published no mae');
  });

  it('compares with what the launch before published, in both directions', () => {
    const within = { ...check, below: null, changeAtMostPercent: 10 };
    const from = (previous: number | null) => found(within, published(4.4, { previous }))?.verdict;
    expect([from(4), from(3.9), from(5), from(0), from(null)]).toEqual([
      'PASS',
      'FAIL',
      'FAIL',
      'UNKNOWN',
      'UNKNOWN',
    ]);
  });

  it('fails on a bound even where there is nothing to compare with', () => {
    expect(found({ ...check, changeAtMostPercent: 10 }, published(9))?.verdict).toBe('FAIL');
  });

  it('is refused when it could never fail or never pass', () => {
    const problems = (fields: Partial<Metric>) => {
      const own = table('a.t', [], { checks: [{ ...check, ...fields }] });
      return checkProblems(pipelineOf(own), own).length;
    };
    expect(problems({ below: null })).toBe(1);
    expect(problems({ atLeast: 5 })).toBe(1);
    expect(problems({ atLeast: 4.27 })).toBe(1);
    expect(problems({ below: null, atLeast: 4.27, atMost: 4.27 })).toBe(0);
    expect(problems({})).toBe(0);
  });
});
