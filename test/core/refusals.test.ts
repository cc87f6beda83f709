import { describe, expect, it } from 'vitest';
import { mendedRefusals, setGoingAgain } from '../../shared/core/refusals.ts';
import type { RunState } from '../../shared/core/run.ts';
import type { RunEvent } from '../../shared/core/run-event.ts';
import { refusalLines } from '../../shared/core/view/refusal-lines.ts';
import { AT, given, judged, neverRan, requested, succeeded } from './run-story.ts';

const refused = judged('a.teams', 'FAIL', 1, 1, '2022-01-03');
const asked: RunEvent = { type: 'repair-requested', by: 'ana', reason: 'it came', at: AT };
const passed = judged('a.teams', 'PASS', 2, 2);

const events: readonly RunEvent[] = [requested, neverRan, succeeded('a.teams'), refused];
const blocked = given(requested, neverRan, succeeded('a.teams')).when(refused).state as RunState;
const mended: RunState = {
  ...blocked,
  tables: {
    ...blocked.tables,
    ['a.teams' as never]: { tag: 'passed', attempt: 2, evidence: 'e', token: '' },
  },
};

describe('what a run mended', () => {
  it('is told with the days, the reason and the evidence of the gate that refused', () => {
    const told = mendedRefusals(mended, [...events, asked, passed]);
    expect(told).toMatchObject([
      { table: 'a.teams', verdict: 'FAIL', days: ['2022-01-03..2022-01-03'] },
    ]);
    expect(told[0]?.evidence).toBe((refused as { evidence: string }).evidence);
  });

  it('is nothing while the table has not passed: it is still bad then', () => {
    expect(mendedRefusals(blocked, events)).toEqual([]);
  });

  it('is told once a round, however often a gate was asked', () => {
    expect(mendedRefusals(mended, [...events, refused, asked, passed])).toHaveLength(1);
  });

  it('names who set it going again, and why', () => {
    expect(setGoingAgain([...events, asked])).toEqual([
      { by: 'repair', who: 'ana', reason: 'it came', at: AT },
    ]);
    expect(refusalLines({ again: setGoingAgain([asked]) } as never)).toEqual([
      `repair asked for at ${AT} by ana: it came`,
    ]);
  });

  it('is no line of a run that nothing refused', () => {
    expect(refusalLines({ refused: [], again: [] } as never)).toEqual([]);
  });
});
