import { assertNever } from '../core/errors.ts';
import type { RunId } from '../core/ids.ts';
import type {
  AlertMessage,
  CancelLaunchMessage,
  GateRequestedMessage,
  LaunchRequestedMessage,
} from '../core/messages.ts';
import type { Effect } from '../core/run.ts';
import type { Bus } from '../ports/bus.ts';

/** What the readers of alerts accept. */
const LONGEST_ALERT = 20_000;
const CUT = '\n… cut; `phasegate status RUN` tells all of it';

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
      const message: AlertMessage = { run, key: effect.key, text: shortened(effect.text) };
      await bus.publish('phasegate-alerts', message);
      return;
    }
    default:
      assertNever(effect);
  }
}

function shortened(text: string): string {
  if (text.length <= LONGEST_ALERT) return text;
  return `${text.slice(0, LONGEST_ALERT - CUT.length)}${CUT}`;
}

async function askForGate(bus: Bus, message: GateRequestedMessage): Promise<void> {
  await bus.publish('phasegate-gate-requested', message);
}
