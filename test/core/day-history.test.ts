import { describe, expect, it } from 'vitest';
import { dayHistoryOf, snapshotBefore, stillRunning } from '../../shared/core/day-history.ts';
import { running, word } from './checks/launches.ts';

const EARLY = '2022-01-20T08:00:00.000Z';
const LATE = '2022-01-20T12:00:00.000Z';

describe('the history of a day', () => {
  it('believes how a launch ended, not a later one that only began', () => {
    const history = dayHistoryOf([word('a.1'), running('a.2', LATE)]);
    expect(history.status).toBe('success');
    expect(stillRunning(history)?.launch).toBe('a.2');
  });

  it('forgets a launch that never ended once a later one has', () => {
    expect(stillRunning(dayHistoryOf([running('a.1', EARLY), word('a.2')]))).toBeUndefined();
  });

  it('is running while no launch has ended', () => {
    expect(dayHistoryOf([running('a.1', EARLY), running('a.2', LATE)]).status).toBe('running');
  });

  it('is the word that was said last, in whatever order the launches are told', () => {
    const failed = word('a.2', { status: 'failed', startedAt: EARLY, saidAt: LATE, readAt: null });
    for (const words of [
      [word('a.1'), failed],
      [failed, word('a.1')],
    ]) {
      expect(dayHistoryOf(words)).toMatchObject({
        status: 'failed',
        readAt: '2022-01-20T10:00:00.000Z',
      });
    }
  });
});

describe('rows that changed', () => {
  const NOON = '2022-01-20T12:30:00.000Z';
  const failed = word('a.2', { status: 'failed', startedAt: EARLY, saidAt: EARLY, readAt: null });

  it('after a launch began that never told of them may have been read as early as it began', () => {
    expect(snapshotBefore(dayHistoryOf([running('a.1', EARLY)]), NOON)).toBe(EARLY);
    expect(snapshotBefore(dayHistoryOf([failed, running('a.3', LATE)]), NOON)).toBe(EARLY);
  });

  it('before any launch began are nobody’s of ours', () => {
    expect(snapshotBefore(dayHistoryOf([running('a.1', LATE)]), EARLY)).toBeNull();
  });

  it('were read by the last launch that told so, whatever began beside it', () => {
    const history = dayHistoryOf([running('a.0', EARLY), word('a.1')]);
    expect(snapshotBefore(history, NOON)).toBe('2022-01-20T10:00:00.000Z');
  });
});
