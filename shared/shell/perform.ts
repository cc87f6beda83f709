import { runAlert } from '../core/alerts/run-alert.ts';
import { assertNever } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type {
  CancelLaunchMessage,
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
      const { table, round, attempt, look } = effect;
      return askForGate(bus, { run, round, what: 'table', table, attempt, look });
    }
    case 'call-roll': {
      const { round, phase, look } = effect;
      return askForGate(bus, { run, round, what: 'phase', phase, look });
    }
    case 'launch-table': {
      const { kind: _, ...launch } = effect;
      const message: LaunchRequestedMessage = { run, ...launch };
      await bus.publish('phasegate-launch-requested', message);
      return;
    }
    case 'cancel-launch': {
      const { kind: _, ...launch } = effect;
      const message: CancelLaunchMessage = { run, ...launch, cancel: true };
      await bus.publish('phasegate-launch-requested', message);
      return;
    }
    case 'page-human': {
      await bus.publish('phasegate-alerts', runAlert(run, effect.key, effect.text));
      return;
    }
    default:
      assertNever(effect);
  }
}

async function askForGate(bus: Bus, message: GateRequestedMessage): Promise<void> {
  await bus.publish('phasegate-gate-requested', message);
}
