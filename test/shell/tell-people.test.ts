import { describe, expect, it } from 'vitest';
import { runAlert } from '../../shared/core/alerts/run-alert.ts';
import { deathAlert } from '../../shared/core/death.ts';
import { RUN } from '../core/build.ts';
import { AT, alertOf, openPeople } from '../fixtures/people.ts';

const ROUTES = {
  info: ['log'],
  warning: ['chat'],
  error: ['chat', 'mail'],
  critical: ['oncall', 'mail'],
};
const NAMES = ['chat', 'mail', 'oncall', 'log'];
const routed = () => openPeople(NAMES, { routes: ROUTES });

describe('an alert goes', () => {
  it.each([
    ['info', ['log k']],
    ['warning', ['chat k']],
    ['error', ['chat k', 'mail k']],
    ['critical', ['mail k', 'oncall k']],
  ] as const)('by its severity %s', async (severity, channels) => {
    const { tell, heard } = routed();
    await tell(alertOf({ key: 'k', severity }));
    expect(heard().sort()).toEqual([...channels]);
  });

  it('where it says, whatever its severity, and as an error where it says nothing', async () => {
    const { tell, heard } = routed();
    await tell(alertOf({ key: 'k1', channel: 'oncall', severity: 'info' }));
    expect(heard()).toEqual(['oncall k1']);
    await tell(alertOf({ key: 'k2', cause: 'c2' }));
    expect(heard().sort()).toEqual(['chat k2', 'mail k2']);
  });

  it('by its severity when the channel that it names is no longer there: nothing is lost', async () => {
    const { tell, heard } = routed();
    await tell(alertOf({ key: 'k', channel: 'gone', severity: 'warning' }));
    expect(heard()).toEqual(['chat k']);
  });

  it('through every channel when it is a test of them', async () => {
    const { tell, heard } = routed();
    await tell(alertOf({ key: 'k', severity: 'info', isTest: true }));
    expect(heard().sort()).toEqual(['chat k', 'log k', 'mail k', 'oncall k']);
  });
});

describe('one cause', () => {
  const blocked = (round: number) => runAlert(RUN, `${RUN}/analytics/${round}`, 'phase is blocked');

  it('of a run is told once in four hours, however often the run comes back to it', async () => {
    const { tell, heard, pass } = openPeople(['chat']);
    for (const round of [1, 2, 2, 3]) {
      await tell(blocked(round));
      pass(60);
    }
    expect(heard()).toEqual([`chat ${RUN}/analytics/1`]);
    pass(1);
    await tell(blocked(4));
    expect(heard()).toEqual([`chat ${RUN}/analytics/4`]);
  });

  it('that was told is never told again by a late delivery of the same message', async () => {
    const { tell, heard, pass } = openPeople(['chat']);
    await tell(blocked(1));
    heard();
    pass(7 * 24 * 60);
    await tell(blocked(1));
    expect(heard()).toEqual([]);
  });

  it('is no other: two phases of a run are two alerts', async () => {
    const { tell, heard } = openPeople(['chat']);
    await tell(blocked(1));
    await tell(runAlert(RUN, `${RUN}/precompute/1`, 'phase is blocked'));
    expect(heard().length).toBe(2);
  });

  it('of fifty messages that die of it at once is told once, by one of all instances', async () => {
    const { tell, heard } = openPeople(['chat']);
    const deaths = Array.from({ length: 50 }, (_, index) =>
      tell(deathAlert('phasegate-start', `m${index}`, `no table "t${index}"`)),
    );
    const ends = await Promise.allSettled(deaths);
    expect(heard().length).toBe(1);
    const others = ends.filter(({ status }) => status === 'rejected');
    expect(others.every((end) => 'reason' in end && end.reason.kind === 'unavailable')).toBe(true);
  });

  it('that lasts is told again after four hours', async () => {
    const { tell, heard, pass } = openPeople(['chat']);
    for (let hour = 0; hour < 9; hour++) {
      await tell(deathAlert('phasegate-start', `m${hour}`, 'no such table'));
      pass(60);
    }
    expect(heard().length).toBe(3);
  });

  it('is quiet for as long as the pipeline says', async () => {
    const { tell, heard, pass } = openPeople(['chat'], { quietHours: 0.5 });
    await tell(blocked(1));
    pass(31);
    await tell(blocked(2));
    expect(heard().length).toBe(2);
  });
});

describe('an instance that died', () => {
  it('while it told leaves the alert to the next delivery, when nobody can be at it any more', async () => {
    const { tell, heard, memory, pass } = openPeople(['chat']);
    const claim = { what: 'told', keys: [], toldAt: null, claimedAt: AT } as const;
    await memory.commit('told chat nba-1/analytics', 0, claim, AT);
    await expect(tell(alertOf())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(heard()).toEqual([]);
    pass(2);
    await tell(alertOf());
    expect(heard()).toEqual(['chat nba-1/analytics/1']);
  });
});

describe('a channel that takes no messages', () => {
  it('is told of on another one, once, while each alert comes again for it', async () => {
    const { tell, heard, broken, refusals } = routed();
    broken.add('chat');
    for (const attempt of [1, 2, 3]) {
      await expect(tell(alertOf({ key: 'k' })), `attempt ${attempt}`).rejects.toMatchObject({
        kind: 'unavailable',
        message: 'chat took no message: 404',
      });
    }
    expect(heard().sort()).toEqual([
      `mail channel/chat/failed/${AT}`,
      'mail k',
      `oncall channel/chat/failed/${AT}`,
    ]);
    expect(refusals).toEqual(Array(3).fill('chat: chat took no message: 404'));
    broken.clear();
    await tell(alertOf({ key: 'k' }));
    expect(heard().sort()).toEqual([
      'chat k',
      `mail channel/chat/recovered/${AT}`,
      `oncall channel/chat/recovered/${AT}`,
    ]);
    await tell(alertOf({ key: 'k2', cause: 'c2' }));
    expect(heard().sort()).toEqual(['chat k2', 'mail k2']);
  });

  it('and was the only one for an alert: the alert itself is told on another one', async () => {
    const { tell, heard, broken } = routed();
    broken.add('chat');
    await expect(tell(alertOf({ key: 'k', severity: 'warning' }))).rejects.toThrow('404');
    expect(heard().filter((each) => each.endsWith(' k')).length).toBeGreaterThan(0);
  });

  it('is told of again after four hours, when it still takes none', async () => {
    const { tell, heard, broken, pass } = routed();
    broken.add('chat');
    for (let hour = 0; hour <= 8; hour += 2) {
      const alert = alertOf({ key: `k${hour}`, cause: `c${hour}`, severity: 'error' });
      await expect(tell(alert)).rejects.toThrow('404');
      pass(120);
    }
    const told = heard().filter((each) => each.startsWith('oncall channel/chat/failed/'));
    expect(told.length).toBe(3);
  });

  it('and comes and goes is told of once in four hours, not each time', async () => {
    const { tell, heard, broken, pass } = openPeople(['chat', 'mail']);
    for (let index = 0; index < 6; index++) {
      broken.add('chat');
      await tell(alertOf({ key: `k${index}`, cause: `c${index}` })).catch(() => undefined);
      broken.clear();
      pass(10);
      await tell(alertOf({ key: `k${index}`, cause: `c${index}` }));
      pass(10);
    }
    const all = heard();
    expect(all.filter((each) => each.includes('/failed/')).length).toBe(1);
    expect(all.filter((each) => each.includes('/recovered/')).length).toBe(1);
  });

  it('and whose failure no other channel took is told of as soon as one does', async () => {
    const { tell, heard, broken } = openPeople(['chat', 'mail']);
    for (const name of ['chat', 'mail']) broken.add(name);
    await expect(tell(alertOf())).rejects.toThrow('404');
    expect(heard()).toEqual([]);
    broken.delete('mail');
    await expect(tell(alertOf())).rejects.toThrow('chat took no message');
    expect(heard().some((each) => each.startsWith('mail channel/chat/failed/'))).toBe(true);
  });

  it('does not keep a test of another channel from it, and hears of its own failure by no test', async () => {
    const { tell, heard, broken } = routed();
    broken.add('chat');
    await expect(tell(alertOf({ key: 't', cause: 't', isTest: true }))).rejects.toThrow('404');
    expect(
      heard()
        .filter((each) => each.endsWith(' t'))
        .sort(),
    ).toEqual(['log t', 'mail t', 'oncall t']);
  });
});
