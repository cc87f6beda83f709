import { describe, expect, it } from 'vitest';
import type { GateEvidence } from '../../../shared/core/evidence.ts';
import { judgeTable } from '../../../shared/core/judge/judge-table.ts';
import { ofGate } from '../../../shared/core/lineage/of-gates.ts';
import { runSteps } from '../../../shared/core/lineage/run-steps.ts';
import { uuidIn } from '../../../shared/edge/lineage-target.ts';
import { pipelineOf, table } from '../build.ts';
import { requestedRun } from '../requested-run.ts';
import { facts, gamesThere, notNull, unique } from '../table-facts.ts';
import { eventSchema } from './event-schema.ts';

const place = { namespace: 'phasegate', project: 'local', uuidOf: uuidIn('phasegate') };
const pipeline = pipelineOf(table('a.t'));
const [asked] = runSteps(pipeline, [requestedRun(pipeline)]);
const at = '2026-01-03T05:00:09.000Z';

/** A gate over a table of whose days nothing could be read. */
function answered() {
  if (asked === undefined) throw new Error('nobody asked');
  const own = facts([notNull, unique, gamesThere], []);
  const judgement = judgeTable(own);
  const evidence = {
    id: 'gate-1',
    startedAt: '2026-01-03T05:00:00.000Z',
    tables: [{ judgement, facts: own }],
  } as unknown as GateEvidence;
  const { verdict, badDays } = judgement;
  const event = {
    type: 'gate-judged',
    table: judgement.table,
    round: 1,
    attempt: 1,
    verdict,
    badDays,
    message: 'm',
    evidence: 'gate-1',
    at,
  } as const;
  return { event, evidence, judgement, belongs: { place, pipeline, state: asked.after } };
}

describe('the lineage of a gate', () => {
  it('tells of each check whether it held; one that could not be evaluated did not', () => {
    const { belongs, event, evidence, judgement } = answered();
    const told = ofGate(belongs, event, evidence).map((each) => eventSchema.parse(each));
    const assertions = told[1]?.inputs[0]?.inputFacets?.dataQualityAssertions.assertions ?? [];
    expect(judgement.checks.map(({ verdict }) => verdict)).toContain('UNKNOWN');
    expect(assertions.map(({ assertion, success }) => [assertion, success])).toEqual(
      judgement.checks.map(({ id, verdict }) => [id, verdict === 'PASS']),
    );
    expect(assertions.find(({ assertion }) => assertion === notNull.id)?.column).toBe('points');
    expect(assertions.find(({ assertion }) => assertion === unique.id)?.column).toBeUndefined();
  });

  it('begins when its evidence does, ends with its answer, and is no success where it refuses', () => {
    const { belongs, event, evidence } = answered();
    const told = ofGate(belongs, event, evidence);
    expect(told.map(({ eventType, eventTime }) => [eventType, eventTime])).toEqual([
      ['START', evidence.startedAt],
      ['FAIL', at],
    ]);
    expect(told[1]?.run.facets.errorMessage?.message).toMatch(/^a\.t (FAIL|UNKNOWN): m$/);
  });

  it('without evidence is a go of its own, and not the same as any other without', () => {
    const { belongs, event } = answered();
    const runOf = (at: string) =>
      ofGate(belongs, { ...event, evidence: '', at }, null)[0]?.run.runId;
    expect(runOf(at)).toBe(runOf(at));
    expect(runOf(at)).not.toBe(runOf('2026-01-03T05:00:10.000Z'));
  });

  it('is told without checks where its evidence is not known', () => {
    const { belongs, event } = answered();
    const [begun, ended] = ofGate(belongs, event, null);
    expect([begun?.eventTime, ended?.eventTime]).toEqual([at, at]);
    expect(ended?.inputs).toEqual([{ namespace: 'bigquery', name: `local.${event.table}` }]);
  });
});
