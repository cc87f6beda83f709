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
import type { RunStore } from '../ports/run-store.ts';

/**
 * Turns one effect into the one message that has it done. Twice is harmless: every handler knows its own work by id. What
 * tells people how a run ended tells how it stands; where that cannot be read, it goes without.
 */
export async function perform(
  { runs, bus }: Readonly<{ runs: Pick<RunStore, 'state'>; bus: Bus }>,
  run: RunId,
  effect: Effect,
): Promise<void> {
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
      const state = await runs.state(run).catch(() => null);
      await bus.publish('phasegate-alerts', runAlert(run, effect.key, effect.text, state));
      return;
    }
    default:
      assertNever(effect);
  }
}

async function askForGate(bus: Bus, message: GateRequestedMessage): Promise<void> {
  await bus.publish('phasegate-gate-requested', message);
}
