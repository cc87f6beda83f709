import { assertNever } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type {
  AlertMessage,
  GateRequestedMessage,
  LaunchRequestedMessage,
} from '../core/messages.ts';
import type { Effect } from '../core/run.ts';
import type { Bus } from '../ports/bus.ts';

/** Turns one effect into the one message that has it done. Twice is harmless: every handler knows its own work by id. */
export async function perform(bus: Bus, run: RunId, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'read-outcomes':
      return askForGate(bus, { run, round: effect.round, what: 'outcomes' });
    case 'run-gate': {
      const { table, round, attempt } = effect;
      return askForGate(bus, { run, round, what: 'table', table, attempt });
    }
    case 'call-roll':
      return askForGate(bus, { run, round: effect.round, what: 'phase', phase: effect.phase });
    case 'launch-table': {
      const { kind: _, ...launch } = effect;
      const message: LaunchRequestedMessage = { run, ...launch };
      await bus.publish('phasegate-launch-requested', message);
      return;
    }
    case 'page-human': {
      const message: AlertMessage = { run, key: effect.key, text: effect.text };
      await bus.publish('phasegate-alerts', message);
      return;
    }
    default:
      assertNever(effect);
  }
}

async function askForGate(bus: Bus, message: GateRequestedMessage): Promise<void> {
  await bus.publish('phasegate-gate-requested', message);
}
