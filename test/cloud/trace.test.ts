import { describe, expect, it } from 'vitest';
import { currentTrace, inTrace, traceparentOf } from '../../shared/adapters/gcp/trace.ts';

const traceOf = (message: string, traceparent?: string) =>
  inTrace({ traceparent, message }, () => currentTrace())!;

describe('a trace', () => {
  it('that begins with a message is the same for each of its deliveries, and another one for another message', () => {
    const [first, again] = [traceOf('phasegate-start 1'), traceOf('phasegate-start 1')];
    expect(first.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(again.traceId).toBe(first.traceId);
    expect(again.spanId).not.toBe(first.spanId);
    expect(traceOf('phasegate-start 2').traceId).not.toBe(first.traceId);
  });

  it('goes on in what handles its messages', () => {
    const first = traceOf('phasegate-start 1');
    const next = traceOf('phasegate-gate-requested 7', traceparentOf(first));
    expect(next.traceId).toBe(first.traceId);
    expect(next.parentSpanId).toBe(first.spanId);
    expect(first.parentSpanId).toBeNull();
  });

  it.each([
    'nonsense',
    `00-${'1'.repeat(31)}-${'1'.repeat(16)}-01`,
    `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
    `00-${'1'.repeat(32)}-${'0'.repeat(16)}-01`,
  ])('is not what the attribute %s claims', (given) => {
    expect(traceOf('phasegate-start 1', given).traceId).toBe(traceOf('phasegate-start 1').traceId);
  });

  it('is nobody’s outside of its work', () => {
    expect(currentTrace()).toBeNull();
  });
});
