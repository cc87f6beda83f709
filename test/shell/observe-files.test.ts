import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { FilePlace, NewestFile } from '../../shared/core/monitor/file-findings.ts';
import { runMonitor } from '../../shared/shell/run-monitor.ts';
import { type MonitoringWorld, monitorOf, openMonitoringWorld } from './monitoring-world.ts';

const WHOLE: FilePlace = { name: 'box', folder: 'gs://raw/box/', withinHours: 6 };
const DAILY: FilePlace = { name: 'games', folder: 'gs://raw/games/{day}/', withinHours: 6 };
const OF_WHOLE = monitorOf('whole', { what: 'files', places: [WHOLE] });
const OF_DAYS = monitorOf('each', { what: 'files', places: [DAILY] });
const BOTH = monitorOf('both', { what: 'files', places: [WHOLE, DAILY] });
/** The last game of the tiny league was on the tenth, and the tenth ended at 05:00 UTC. */
const MORNING = '2022-01-11T14:00:30.000Z';
let w: MonitoringWorld;
/** What lies in which folder; a text: why nobody can tell. */
let held: Map<string, NewestFile | string>;

beforeEach(async () => {
  held = new Map();
  w = await openMonitoringWorld([OF_WHOLE, OF_DAYS, BOTH]);
});
afterEach(() => w.close());

const file = (changedAt: string, bytes = 10): NewestFile => ({ name: 'f.json', changedAt, bytes });

async function look(monitor: string, at = MORNING) {
  w.clock.now = at;
  const files = {
    newest: async (folder: string) => {
      const found = held.get(folder) ?? null;
      if (typeof found === 'string') throw new PhasegateError('not-found', found);
      return found;
    },
  };
  await runMonitor({ ...w.monitoring, files }, `${monitor}-${at}`, { monitor, due: at });
  const alerts = w.heard().map(({ key, text }) => ({ kind: key.split('/').at(-2), text }));
  return { alerts, last: await w.last(monitor) };
}

describe('a folder that holds all days', () => {
  it('is fresh when its newest file came after the end of the last game day', async () => {
    held.set(WHOLE.folder, file('2022-01-11T06:00:00.000Z'));
    const { alerts, last } = await look('whole');
    expect(alerts).toEqual([]);
    expect(last).toMatchObject({ verdict: 'PASS', message: '1 place, 1 folder of game days' });
  });

  it.each([
    [
      'came before the end of the last game day',
      file('2022-01-11T04:59:00.000Z'),
      'before the end',
    ],
    ['is empty', file('2022-01-11T06:00:00.000Z', 0), 'is empty'],
    ['is of a time to come', file('2031-01-01T00:00:00.000Z'), 'of a time to come'],
    ['is not there', null, 'nothing lies in gs://raw/box/'],
  ])('is a finding when its newest file %s', async (_, newest, why) => {
    if (newest !== null) held.set(WHOLE.folder, newest);
    const { alerts, last } = await look('whole');
    expect(alerts[0]?.text).toContain(why);
    expect(alerts[0]?.text).toContain('on 2022-01-10 (1 day)');
    expect(last).toMatchObject({ verdict: 'FAIL', findings: 1 });
  });

  it('is asked for the day before as long as the last one has its hours left', async () => {
    held.set(WHOLE.folder, file('2022-01-10T06:00:00.000Z'));
    expect((await look('whole', '2022-01-11T10:59:00.000Z')).alerts).toEqual([]);
    expect((await look('whole')).alerts).toHaveLength(1);
  });

  it('is asked for nothing where no game was final: idle, however old its files are', async () => {
    held.set(WHOLE.folder, file('2021-06-01T00:00:00.000Z'));
    const { alerts, last } = await look('whole', '2022-03-11T14:00:30.000Z');
    expect(alerts).toEqual([]);
    expect(last).toMatchObject({
      verdict: 'IDLE',
      message: 'no files are due of a game from 2022-02-25 to 2022-03-11',
    });
  });
});

describe('a folder for each day', () => {
  const all = Array.from({ length: 10 }, (_, n) => `2022-01-${String(n + 1).padStart(2, '0')}`);
  const folderOf = (day: string) => `gs://raw/games/${day}/`;
  const fill = (days: readonly string[]) => {
    for (const day of days) held.set(folderOf(day), file('2022-01-11T06:00:00.000Z'));
  };

  it('is missed on the day that lacks it, although later days have theirs', async () => {
    fill(all.filter((day) => day !== '2022-01-05'));
    const { alerts } = await look('each');
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.text).toContain('2022-01-05: nothing lies in gs://raw/games/2022-01-05/');
  });

  it('is missed until it is there, and no longer', async () => {
    fill(all.filter((day) => day !== '2022-01-05'));
    await look('each');
    expect((await look('each', '2022-03-12T14:00:30.000Z')).alerts).toMatchObject([
      { kind: 'lasts' },
    ]);
    fill(['2022-01-05']);
    expect((await look('each', '2022-03-13T14:00:30.000Z')).alerts).toMatchObject([
      { kind: 'over' },
    ]);
  });
});

describe('a place that nobody can read', () => {
  it('is UNKNOWN and a finding of its own, and hides no other place', async () => {
    held.set(DAILY.folder.replace('{day}', '2022-01-10'), 'bucket raw: 403');
    const { alerts, last } = await look('both');
    expect(alerts.map(({ text }) => text.split('\n')[0])).toEqual([
      'both: no fresh box files in gs://raw/box/',
      'both: nobody can tell how old the games files are',
    ]);
    expect(last).toMatchObject({ verdict: 'UNKNOWN' });
  });

  it('is not over, and what was open there neither, before somebody could read it', async () => {
    await look('whole');
    held.set(WHOLE.folder, 'bucket raw: 403');
    const { alerts } = await look('whole', '2022-01-12T14:00:30.000Z');
    expect(alerts.map(({ kind }) => kind)).toEqual(['new']);
    held.set(WHOLE.folder, file('2022-01-12T20:00:00.000Z'));
    const after = await look('whole', '2022-01-13T14:00:30.000Z');
    expect(after.alerts.map(({ kind }) => kind)).toEqual(['over', 'over']);
  });

  it('is every place of a world that keeps no files', async () => {
    w.clock.now = MORNING;
    await w.look('whole');
    expect(await w.last('whole')).toMatchObject({ verdict: 'UNKNOWN' });
  });
});
