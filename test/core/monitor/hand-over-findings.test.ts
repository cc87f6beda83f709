import { describe, expect, it } from 'vitest';
import {
  handOverFindings,
  type Unfinished,
} from '../../../shared/core/monitor/hand-over-findings.ts';
import type { RunEvent } from '../../../shared/core/run-event.ts';
import { RUN } from '../build.ts';
import { AT, given, neverRan, requested, succeeded } from '../run-story.ts';

/** What is found so many minutes after everything in these facts happened. */
function found(facts: readonly RunEvent[], minutes: number, parts: Partial<Unfinished> = {}) {
  const { state } = given(...facts.slice(0, -1)).when(facts.at(-1)!);
  const unfinished: Unfinished = {
    run: RUN,
    state: state ?? null,
    facts,
    inbox: [],
    outbox: [],
    ...parts,
  };
  const now = new Date(Date.parse(AT) + minutes * 60_000).toISOString();
  return handOverFindings([unfinished], { severity: 'error', handOverMinutes: 15 }, now);
}

const LAUNCHED = [requested, neverRan];
const confirmed: RunEvent = {
  type: 'launch-confirmed',
  table: 'a.teams' as never,
  attempt: 1,
  execution: 'x',
  at: AT,
};
const VERIFYING = [...LAUNCHED, confirmed, succeeded('a.teams')];
const details = (...args: Parameters<typeof found>) =>
  found(...args).flatMap((each) => each.details);

describe('a run that is not finished', () => {
  it.each([
    ['whose table is being launched', LAUNCHED, `a.teams is launching, since ${AT}`],
    ['whose table is being judged', VERIFYING, `a.teams is verifying, since ${AT}`],
    ['whose plan nobody read', [requested], `read-outcomes is not answered, since ${AT}`],
  ])('%s is stuck when nothing was heard of it for so long, and not before', (_, facts, line) => {
    expect(details(facts, 14)).toEqual([]);
    expect(details(facts, 15)).toEqual([line]);
  });

  it('whose job runs is not stuck, however long that takes', () => {
    expect(found([...LAUNCHED, confirmed], 10_000)).toEqual([]);
  });

  it('whose job was asked to stop is not stuck: it is given its time', () => {
    const cancelled: RunEvent = { type: 'cancel-requested', by: 'ana', reason: '', at: AT };
    expect(found([...LAUNCHED, confirmed, cancelled], 29)).toEqual([]);
  });

  it('whose gate says that it waits for the warehouse is not stuck', () => {
    const at = new Date(Date.parse(AT) + 20 * 60_000).toISOString();
    const waiting: RunEvent = { type: 'gate-waiting', round: 1, job: 'j', at };
    expect(found([...VERIFYING, waiting], 34)).toEqual([]);
    expect(found([...VERIFYING, waiting], 35)).toHaveLength(1);
  });

  it('is stuck with a fact that nobody took up, also where it never began', () => {
    const none = { state: null, facts: [], inbox: [requested] };
    expect(details([requested], 15, none)).toEqual([`run-requested was not taken up, since ${AT}`]);
    expect(details([requested], 14, none)).toEqual([]);
  });

  it('is stuck with a promise that nobody kept, and says what to do', () => {
    const outbox = [{ kind: 'page-human', key: 'k', text: 't' }] as const;
    const [finding] = found([...LAUNCHED, confirmed], 20, { outbox });
    expect(finding).toMatchObject({
      cause: `run/${RUN}/handover`,
      details: [`page-human was promised and is not done, since ${AT}`],
      next: expect.stringContaining(`npx phasegate status ${RUN}`),
    });
  });
});
