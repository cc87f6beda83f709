import { describe, expect, it } from 'vitest';
import { IMPOSSIBLE_CELLS } from './impossible-cells.ts';
import { play } from './play.ts';
import { tell } from './tally.ts';
import { freshTape, recordedTape } from './tape.ts';
import { judgeCells } from './verdict-on-cells.ts';

const RUNS = 500;
const SEED = 'npm test';

describe('simulated stories', () => {
  const told = tell(SEED, 0, RUNS);

  it(`keep every invariant, ${RUNS} of them`, async () => {
    const { violations } = await told;
    const named = violations.map(({ run, invariant, message }) => ({
      replay: `npm run simulate -- --replay '${SEED}:${run}'`,
      invariant,
      message,
    }));
    expect(named).toEqual([]);
  });

  it('meet messages that are lost, doubled and late, crashes, conflicts, bad jobs, people and foreigners', async () => {
    const { met } = await told;
    for (const kind of [
      'message lost',
      'message doubled',
      'message very late',
      'crash before',
      'crash after',
      'conflict',
      'call unavailable-though-done',
      'job hangs',
      'job dies silently',
      'job writes nothing',
      'job writes half the days',
      'job finishes though cancelled',
      'definition edited',
      'clock jumps',
      'foreign deletes a day',
      'people cancel',
      'statement refused',
    ]) {
      expect.soft(met.get(kind) ?? 0, kind).toBeGreaterThan(0);
    }
  });

  it('visit no cell that is said to be impossible', async () => {
    expect(judgeCells((await told).cells).wrong).toEqual([]);
    for (const reason of Object.values(IMPOSSIBLE_CELLS)) expect(reason).not.toBe('');
  });

  it('are told again, step by step, from what was drawn', async () => {
    const fresh = await play(freshTape(SEED, 3), new Map(), true);
    const again = await play(recordedTape(fresh.drawn), new Map(), true);
    expect(again.log).toEqual(fresh.log);
    expect(again.steps).toBe(fresh.steps);
  });
});
