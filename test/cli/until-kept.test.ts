import { describe, expect, it } from 'vitest';
import { untilKept } from '../../shared/cli/until-kept.ts';
import { PhasegateError } from '../../shared/core/errors.ts';

/** A clock that only the waits move, and an API that has it from an instant on. */
function from(instant: number, trouble = (_: number) => {}) {
  const interruption = new AbortController();
  let now = 0;
  let asked = 0;
  const isKept = async () => {
    asked++;
    trouble(now);
    return now >= instant;
  };
  const wait = async (ms: number) => {
    now += ms;
  };
  return {
    waited: () => untilKept(isKept, interruption.signal, wait),
    interruption,
    clock: () => now,
    asked: () => asked,
  };
}

describe('who waits for a run to have what was sent', () => {
  it('knows it as soon as it is there', async () => {
    const kept = from(900);
    expect(await kept.waited()).toBe('kept');
    expect(kept.clock()).toBeLessThan(2000);
  });

  it('does not call it kept after a minute in which it was not', async () => {
    const never = from(Number.POSITIVE_INFINITY);
    expect(await never.waited()).toBe('sent');
    expect(never.clock()).toBeGreaterThanOrEqual(60_000);
    expect(never.asked()).toBeLessThan(50);
  });

  it('asks again where nobody answered', async () => {
    const deaf = from(3000, (now) => {
      if (now < 3000) throw new PhasegateError('unavailable', 'deaf');
    });
    expect(await deaf.waited()).toBe('kept');
  });

  it('tells at once of a refusal, which no wait can mend', async () => {
    const refused = from(3000, () => {
      throw new PhasegateError('invalid-input', 'no such run');
    });
    await expect(refused.waited()).rejects.toMatchObject({ kind: 'invalid-input' });
    expect(refused.asked()).toBe(1);
  });

  it('ends when it is interrupted, without a claim', async () => {
    const stopped = from(3000);
    stopped.interruption.abort();
    expect(await stopped.waited()).toBe('interrupted');
  });
});
