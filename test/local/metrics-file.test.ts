import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeMetrics } from '../../shared/adapters/local/metrics-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'phasegate-'));

it('a directory where the numbers of a job should be is trouble that is told, and no more', () => {
  const path = join(directory, 'metrics.json');
  mkdirSync(path);
  expect(takeMetrics(path)).toMatchObject({
    metrics: {},
    trouble: expect.stringContaining('EISDIR'),
  });
});

it('however much is wrong with the numbers, what is told of it fits into a message', () => {
  const path = join(directory, 'many.json');
  const bad = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`no name ${n}`, 'x']));
  writeFileSync(path, JSON.stringify(bad));
  const { metrics, trouble } = takeMetrics(path);
  expect(metrics).toEqual({});
  expect(trouble.length).toBeLessThanOrEqual(1000);
  expect(trouble).not.toBe('');
});
