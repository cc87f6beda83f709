import { expect, it } from 'vitest';
import { PhasegateError } from '../../shared/core/errors.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const ALL = { what: 'data', policy: 'daily', tables: null, gate: null } as const;
const WEEK = monitorOf('week', { ...ALL, days: { first: 7, last: 1 } });
const SEASON = monitorOf('season', { ...ALL, days: { first: null, last: 1 } });

it('a monitor says that it cannot look although another one has said so of itself', async () => {
  const w = await openMonitoringWorld([WEEK, SEASON]);
  const refused = async () => {
    throw new PhasegateError('invalid-query', 'no right to read');
  };
  const blind = { ...w.monitoring, warehouse: { ...w.warehouse, dayStates: refused } };
  await runMonitor(blind, 'm1', { monitor: 'week', due: null });
  await runMonitor(blind, 'm2', { monitor: 'season', due: null });
  expect(w.heard().map(({ key }) => key.split('/').slice(2, 5).join('/'))).toEqual([
    'unable/week/new',
    'unable/season/new',
  ]);
  await w.close();
});
