import type { Bus } from '../../ports/bus.ts';
import type { Notifier } from '../../ports/world.ts';

/** Hands what is to be told to the one function that may write to people. */
export function busNotifier(bus: Bus): Notifier {
  return {
    async tell(alert) {
      await bus.publish('phasegate-alerts', alert);
    },
  };
}
