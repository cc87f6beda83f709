import fc from 'fast-check';
import type { Topic } from '../../shared/ports/bus.ts';

export type Hostile = Readonly<{ topic: Topic; event: unknown }>;

/** Messages as somebody might send them who knows the topics: none of them is one that a run waits for. */
export function hostileMessages(run: string, table: string): fc.Arbitrary<Hostile> {
  const valid: Readonly<Record<Topic, Readonly<Record<string, unknown>>>> = {
    'phasegate-start': {
      pipeline: 'tiny',
      from: '2022-01-01',
      to: '2022-01-10',
      requestedBy: 'mallory',
    },
    'phasegate-job-finished': {
      run,
      launch: `${run}.${table}.1`,
      table,
      attempt: 1,
      result: 'succeeded',
    },
    'phasegate-gate-requested': { what: 'table', run, round: 1, table, attempt: 1, look: 0 },
    'phasegate-launch-requested': {
      run,
      table,
      attempt: 1,
      firstAttempt: 1,
      launch: `${run}.${table}.1`,
      days: [{ from: '2022-01-01', to: '2022-01-02' }],
    },
    'phasegate-monitor-due': { pipeline: 'tiny', monitor: 'daily', due: '2026-01-03T14:00:00Z' },
    'phasegate-alerts': { run, key: 'k', text: 't' },
  };
  const topic = fc.constantFrom(...(Object.keys(valid) as Topic[]));
  const wrongValue = fc.oneof(
    fc.constant(null),
    fc.constant({}),
    fc.constant([]),
    fc.constant(Number.MAX_VALUE),
    fc.constant('2022-02-30'),
    fc.constant("'; DROP TABLE x; --"),
    fc.constant('../../etc/passwd'),
    fc.string({ maxLength: 2 }),
    fc.constant('x'.repeat(5_000)),
  );
  const spoiled = topic.chain((name) =>
    fc
      .tuple(fc.constantFrom(...Object.keys(valid[name])), wrongValue)
      .filter(([field, value]) => !isFine(field, value))
      .map(([field, value]) => ({
        topic: name,
        text: JSON.stringify({ ...valid[name], [field]: value }),
      })),
  );
  const unknownField = fc
    .tuple(topic, fc.string({ minLength: 1 }), fc.jsonValue())
    .map(([name, field, value]) => ({
      topic: name,
      text: JSON.stringify({ ...valid[name], [`x${field}`]: value }),
    }));
  const otherPipeline = fc.constantFrom('other-20220101-20220110-00000000', 'nba').chain((other) =>
    topic.map((name) => ({
      topic: name,
      text: JSON.stringify({ ...valid[name], pipeline: other, run: other }),
    })),
  );
  const garbage = fc
    .tuple(
      topic,
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.constant(''),
        fc.constant('['.repeat(100_000)),
        fc.constant('{"a":'.repeat(20_000)),
        fc.constant(`"${'x'.repeat(1_100_000)}"`),
      ),
    )
    .map(([name, text]) => ({ topic: name, text }));
  return fc
    .tuple(
      fc.oneof(
        { weight: 4, arbitrary: spoiled },
        { weight: 3, arbitrary: unknownField },
        { weight: 1, arbitrary: otherPipeline },
        { weight: 2, arbitrary: garbage },
      ),
      fc.boolean(),
      fc.uuid(),
    )
    .map(([{ topic: name, text }, isRaw, id]) => ({ topic: name, event: pushed(id, text, isRaw) }));
}

/** Free text takes anything, and these two may be empty. */
function isFine(field: string, value: unknown): boolean {
  if (['requestedBy', 'text', 'key'].includes(field)) return true;
  if (field === 'run') return value === null;
  return field === 'days' && Array.isArray(value);
}

/** As functions-framework hands it on, or as a push without data arrives. */
export function pushed(id: string, text: string, isRaw = false): unknown {
  const data = Buffer.from(text).toString('base64');
  if (isRaw) return { subscription: 's', message: { messageId: id, data, attributes: { a: 'b' } } };
  return { id, data: { message: { data, attributes: {} } } };
}
