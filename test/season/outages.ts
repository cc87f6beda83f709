import type { LocalScheduler } from '../../shared/adapters/local/local-scheduler.ts';
import { PhasegateError } from '../../shared/core/errors.ts';

export type Outages = ReturnType<typeof outages>;

export type Span = Readonly<{ from: string; to: string }>;
/** While a schedule was paused by hand it called nobody. */
export type Pause = Span & Readonly<{ name: string }>;

const FAR = '2999-01-01T00:00:00.000Z';

/** What fails outside of us, for as long as somebody has it fail. */
export function outages(now: () => string) {
  let isStateDown = false;
  const pausedByHand = new Set<string>();
  const pauses: Pause[] = [];
  const downs: Span[] = [];

  return {
    /** The state store answers no more, or answers again. */
    state(isDown: boolean) {
      isStateDown = isDown;
      if (isDown) downs.push({ from: now(), to: FAR });
      else downs.push({ ...(downs.pop() as Span), to: now() });
    },

    /** When the state store answered nobody. */
    downs: downs as readonly Span[],

    /** A store that cannot be reached while the state store is down. */
    around<Store extends object>(store: Store): Store {
      return new Proxy(store, {
        get(target, name, receiver) {
          const found: unknown = Reflect.get(target, name, receiver);
          if (typeof found !== 'function') return found;
          return (...args: unknown[]) => {
            if (isStateDown) {
              return Promise.reject(
                new PhasegateError('unavailable', 'the state store: deadline exceeded'),
              );
            }
            return (found as (...given: unknown[]) => unknown).apply(target, args);
          };
        },
      });
    },

    /** The timers, with a page as Google's on which they are paused without a reason, until somebody resumes them. */
    console(timers: LocalScheduler) {
      return {
        async list() {
          const found = await timers.list();
          return found.map((each) =>
            pausedByHand.has(each.name) ? { ...each, pause: null } : each,
          );
        },
        pauses: pauses as readonly Pause[],
        async pauseByHand(name: string) {
          pausedByHand.add(name);
          pauses.push({ name, from: now(), to: FAR });
          await timers.pause(name, { reason: 'by hand', until: FAR, by: '' });
        },
        async resumeByHand(name: string) {
          pausedByHand.delete(name);
          pauses.push({ ...(pauses.pop() as Pause), to: now() });
          await timers.resume(name);
        },
      };
    },

    /** What fails because of an outage is no fault of ours. */
    isMeant(error: unknown) {
      if (!isStateDown) throw error;
    },
  };
}
