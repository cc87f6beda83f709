import type { RunState } from '../../shared/core/run.ts';

/** What the teller of a story can do with the only run of its world. */
export type Teller = Readonly<{
  /** Loads the raw files; without these days' box scores. */
  load: (missing: readonly string[]) => Promise<void>;
  start: () => Promise<void>;
  /** Sends what a person asks of the run: `{ repair: true }`. */
  ask: (wish: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Waits until the run's state is so, and returns it. */
  until: (is: (state: RunState) => boolean) => Promise<RunState>;
  /** Lets a job go on that waits. */
  openGate: () => void;
}>;

export type Story = Readonly<{
  /** How the attempts of the first table's job end; see `job.ts`. */
  ends?: string;
  tell: (teller: Teller) => Promise<void>;
}>;

const LOST = ['2022-01-02', '2022-01-04'];
const FIRST = 'analytics.team_games';

const is = (status: RunState['status']) => (state: RunState) => state.status === status;
const first = (tag: string) => (state: RunState) =>
  Object.entries(state.tables).some(([name, table]) => name === FIRST && table.tag === tag);

export const STORIES: Readonly<Record<string, Story>> = {
  'passed-at-once': {
    tell: async ({ load, start, until }) => {
      await load([]);
      await start();
      await until(is('passed'));
    },
  },
  'blocked-then-repaired': {
    tell: async ({ load, start, ask, until }) => {
      await load(LOST);
      await start();
      await until(is('blocked'));
      await load([]);
      await ask({ repair: true });
      await until(is('passed'));
    },
  },
  'repaired-by-itself': {
    ends: 'half',
    tell: async ({ load, start, until }) => {
      await load([]);
      await start();
      await until(is('passed'));
    },
  },
  'failed-then-retried': {
    ends: '3,1',
    tell: async ({ load, start, ask, until }) => {
      await load([]);
      await start();
      await until(is('blocked'));
      await ask({ retry: true });
      await until(is('passed'));
    },
  },
  cancelled: {
    ends: 'hang',
    tell: async ({ load, start, ask, until }) => {
      await load([]);
      await start();
      await until(first('running'));
      await ask({ cancel: true });
      await until(is('cancelled'));
    },
  },
  'overridden-and-signed-off': {
    tell: async ({ load, start, ask, until }) => {
      await load(LOST);
      await start();
      await until(is('blocked'));
      await ask({ override: true, table: FIRST, until: '2099-12-31' });
      const { tables } = await until(is('passed'));
      const own = Object.values(tables).flatMap((each) =>
        'evidence' in each ? each.evidence : [],
      );
      await ask({ signoff: true, evidence: { [own[0]!]: '0a1b2c3d'.repeat(8) } });
      await until(({ signOffs }) => signOffs.length === 1);
    },
  },
  'paused-and-resumed': {
    ends: 'wait',
    tell: async ({ load, start, ask, until, openGate }) => {
      await load([]);
      await start();
      await until(first('running'));
      await ask({ pause: true });
      await until(({ paused }) => paused !== null);
      openGate();
      await until(({ phases }) => Object.values(phases).join() === 'passed,open');
      await ask({ resume: true });
      await until(is('passed'));
    },
  },
};
