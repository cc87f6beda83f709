import { addDays, type Day } from '../../shared/core/days.ts';
import { parseTableName } from '../../shared/core/ids.ts';
import type { Awaited, Trouble } from './trouble.ts';
import type { SeasonWorld } from './world.ts';

const TEAM_GAMES = parseTableName('analytics.team_games');
const BOX: Awaited = { cause: 'data/raw.box', severity: 'error' };
const STOPPED: Awaited = { cause: 'runs/analytics.team_games', severity: 'error' };
const maybe = (each: Awaited): Awaited => ({ ...each, mayBeMissing: true });

/** `data-freshness` is due at 12:30 in New York and has half an hour. */
const FRESHNESS = 18;
/** `daily` is due at 14:00 in New York and has an hour. */
const DAILY = 20;
const at = (day: Day, days: number, hour: number) =>
  `${addDays(day, days)}T${String(hour).padStart(2, '0')}:00:00.000Z`;

const later = (instant: string, hours: number) =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

/** Something about the raw box scores of its day that is put right in the evening. */
function badBox(kind: string, spoil: (world: SeasonWorld, day: Day) => Promise<void>): Trouble {
  return {
    kind,
    takesDays: 2,
    tells: [BOX, maybe(STOPPED)],
    toldByHour: FRESHNESS,
    stopsRuns: true,
    begin(world, day) {
      world.agenda.at(at(day, 1, 8), () => spoil(world, day));
      world.agenda.at(at(day, 1, 23), () => world.scraper.box(day));
    },
  };
}

function late(kind: string, daysDead: number): Trouble {
  return {
    kind,
    takesDays: daysDead + 2,
    tells: [BOX, maybe(STOPPED)],
    toldByHour: FRESHNESS,
    stopsRuns: true,
    nights: (night, day) => ({ fetches: night < day || night > addDays(day, daysDead) }),
    begin({ agenda, scraper, feed }, day) {
      const missing = feed.gameDays.filter((each) => each >= day && each <= addDays(day, daysDead));
      agenda.at(at(day, daysDead + 1, 23), async () => {
        for (const each of missing) await scraper.box(each);
      });
    },
  };
}

function misbehaving(kind: string, how: 'fails' | 'hangs', nights: number): Trouble {
  return {
    kind,
    takesDays: nights + 1,
    tells: [STOPPED, maybe({ cause: 'data/analytics.team_games', severity: 'error' })],
    toldByHour: 15,
    stopsRuns: true,
    begin({ agenda, jobs }, day) {
      agenda.at(at(day, 1, 9), async () => jobs.behave(TEAM_GAMES, how));
      agenda.at(at(day, nights, 14), async () => jobs.behave(TEAM_GAMES, 'works'));
    },
  };
}

function paused(monitor: string, ...consequences: readonly Awaited[]): Trouble {
  return {
    kind: `schedule of ${monitor} paused`,
    takesDays: 1,
    tells: [{ cause: `schedule/monitor-${monitor}/paused`, severity: 'critical' }, ...consequences],
    toldByHour: 3,
    stopsRuns: false,
    begin({ agenda, page }, day) {
      agenda.at(at(day, 1, 1), () => page.pauseByHand(`monitor-${monitor}`));
      agenda.at(at(day, 1, 22), () => page.resumeByHand(`monitor-${monitor}`));
    },
  };
}

/** The state store answers nobody for so many hours, from an hour of the day after on; then somebody has each monitor look. */
function stateDown(kind: string, hours: number, from: number, tells: readonly Awaited[]): Trouble {
  return {
    kind,
    takesDays: Math.ceil(hours / 24) + 1,
    tells,
    toldByHour: 44,
    stopsRuns: true,
    begin({ agenda, outage, takeAwayDead, askEveryMonitor }, day) {
      const begins = at(day, 1, from);
      agenda.at(begins, async () => outage.state(true));
      const ends = later(begins, hours);
      agenda.at(ends, async () => {
        takeAwayDead();
        outage.state(false);
      });
      agenda.at(later(ends, 1), () => askEveryMonitor());
    },
  };
}

const LATE = late('source late', 0);
const PARTIAL = badBox('one side of a game missing', ({ scraper }, day) =>
  scraper.box(
    day,
    'team = (SELECT MIN(team) FROM `feed.box` WHERE game_date BETWEEN @from AND @to)',
  ),
);
const EMPTY_COLUMN = badBox('points empty', ({ scraper }, day) =>
  scraper.replace(
    'raw.box',
    { from: day, to: day },
    'SELECT game_id, game_date, team, CAST(NULL AS INT64) AS points FROM `feed.box` WHERE game_date BETWEEN @from AND @to',
  ),
);
const TWICE = badBox('box scores twice', ({ scraper }, day) => scraper.twice(day));

const EMPTIED: Trouble = {
  kind: 'table emptied',
  takesDays: 2,
  tells: [{ cause: 'data/analytics.team_games', severity: 'error' }],
  toldByHour: DAILY,
  stopsRuns: false,
  begin: ({ agenda, scraper }, day) =>
    agenda.at(at(day, 1, 15), () => scraper.empty('analytics.team_games', day)),
};

const CORRECTED: Trouble = {
  kind: 'raw data corrected after they were used',
  takesDays: 2,
  tells: [BOX],
  toldByHour: DAILY,
  stopsRuns: false,
  begin: ({ agenda, scraper }, day) =>
    agenda.at(at(day, 1, 15), () =>
      scraper.replace(
        'raw.box',
        { from: day, to: day },
        'SELECT game_id, game_date, team, points + 1 AS points FROM `feed.box` WHERE game_date BETWEEN @from AND @to',
      ),
    ),
};

const POSTPONED: Trouble = {
  kind: 'games postponed, and nobody says so for a day',
  takesDays: 2,
  tells: [{ cause: 'schedule/pending', severity: 'error' }],
  toldByHour: FRESHNESS,
  stopsRuns: true,
  nights: (night, day) => (night === day ? { fetches: false, finals: false } : {}),
  begin: ({ agenda, scraper }, day) => agenda.at(at(day, 2, 12), () => scraper.callOff(day)),
};

const CALLED_OFF: Trouble = {
  kind: 'games called off in time',
  takesDays: 1,
  tells: [],
  toldByHour: 0,
  stopsRuns: false,
  nights: (night, day) => (night === day ? { fetches: false, finals: false } : {}),
  begin: ({ agenda, scraper }, day) => agenda.at(at(day, 1, 3), () => scraper.callOff(day)),
};

const EMPTY_SCHEDULE: Trouble = {
  kind: 'schedule emptied',
  takesDays: 2,
  tells: [{ cause: 'schedule/silent', severity: 'error' }],
  toldByHour: FRESHNESS,
  stopsRuns: true,
  begin({ agenda, scraper }, day) {
    agenda.at(at(day, 1, 13), () => scraper.emptySchedule());
    agenda.at(at(day, 1, 22), () => scraper.refillSchedule());
  },
};

const WATCHER_PAUSED: Trouble = {
  ...paused('schedules'),
  tells: [{ cause: 'digest', severity: 'error' }],
  toldByHour: 14,
};

const WEBHOOK_GONE: Trouble = {
  kind: 'webhook answers 404',
  takesDays: 2,
  tells: [
    { cause: 'channel/chat', severity: 'critical' },
    maybe({ cause: 'dead/phasegate-alerts', severity: 'error' }),
    maybe({ cause: 'dead/phasegate-alerts/*', severity: 'error' }),
  ],
  toldByHour: 14,
  stopsRuns: false,
  begin({ agenda, people, takeAwayDead }, day) {
    agenda.at(at(day, 1, 8), async () => people.webhookGone(true));
    agenda.at(at(day, 1, 20), async () => {
      people.webhookGone(false);
      takeAwayDead();
    });
  },
};

const times = (count: number, trouble: Trouble) => Array.from({ length: count }, () => trouble);

/** Forty of them; those of the nights on which clocks change are put there by `place`. */
export const TROUBLES: readonly Trouble[] = [
  ...times(5, LATE),
  ...times(3, late('source dead', 2)),
  ...times(3, PARTIAL),
  ...times(3, EMPTY_COLUMN),
  ...times(2, TWICE),
  WEBHOOK_GONE,
  ...times(4, EMPTIED),
  ...times(2, CORRECTED),
  ...times(3, misbehaving('job fails three nights', 'fails', 3)),
  ...times(2, misbehaving('job hangs', 'hangs', 1)),
  paused('data-freshness'),
  paused('stale-runs', maybe({ cause: 'digest', severity: 'critical' })),
  paused('digest', maybe({ cause: 'digest/silent', severity: 'critical' })),
  WATCHER_PAUSED,
  ...times(2, POSTPONED),
  ...times(2, CALLED_OFF),
  EMPTY_SCHEDULE,
  stateDown('state store slow', 0.3, 12, []),
  stateDown('state store dead', 30, 11, [
    { cause: 'digest/silent', severity: 'critical' },
    maybe({ cause: 'digest', severity: 'error' }),
    ...[
      'dead/phasegate-monitor-due',
      'dead/phasegate-start',
      'data/analytics.team_games',
      'data/precompute.form',
    ].map((cause) => maybe({ cause, severity: 'error' })),
  ]),
];

/** Of the nights on which clocks change. */
export const ON_CLOCK_CHANGE: Trouble = { ...LATE, kind: 'source late while clocks change' };
