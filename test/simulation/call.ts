import { PhasegateError } from '../../shared/core/errors.ts';
import { type Actor, explained, meet, type Story } from './story.ts';

/** Trouble that only this call can meet. `though-done`: it was done, and says so wrongly. */
export type OwnTrouble = Readonly<{
  name: string;
  rate: number;
  error: () => PhasegateError;
  thoughDone: boolean;
}>;

type Trouble = 'late' | 'very-late' | 'frozen' | 'unavailable' | 'unavailable-though-done';
const TROUBLES: readonly Trouble[] = [
  'late',
  'very-late',
  'frozen',
  'unavailable',
  'unavailable-though-done',
];

const PAUSES: Readonly<Record<Trouble, number>> = {
  late: 2_000,
  'very-late': 45_000,
  frozen: 12 * 60_000,
  unavailable: 0,
  'unavailable-though-done': 0,
};

/** Who stood still for so long while the clock jumped is dead: no handler lives through the hours that went by. */
const STOOD_STILL_MS = 30_000;

/**
 * One call of a port: it takes effect at a moment of its own, unless the caller is dead by then, and
 * is answered only to a caller who is still alive. The tape decides what trouble it meets.
 */
export function call<Result>(
  story: Story,
  actor: Actor,
  name: string,
  work: () => Promise<Result>,
  own: readonly OwnTrouble[] = [],
): Promise<Result> {
  const { tape, rates, clock } = story;
  const whose = actor.name.startsWith('job') ? 'of a job: ' : '';
  const place = `${actor.name} ${name}`;
  const drawn = tape.rarely(`${place} trouble`, rates.calls, TROUBLES.length);
  const trouble = drawn === 0 ? null : TROUBLES[drawn - 1]!;
  const crash = tape.rarely(`${place} crash`, rates.crashes, 2);
  const met = own.find((each) => tape.rarely(`${place} ${each.name}`, each.rate, 1) === 1) ?? null;
  const overtaken = rates.jitter > 0 ? tape.draw(`${place} pause`, 3) : 0;
  const pause = PAUSES[trouble ?? 'unavailable'];
  if (trouble !== null) meet(story, `${whose}call ${trouble}`, place);
  const jumped = clock.jumped();
  return new Promise((resolve, reject) => {
    clock.after(1 + overtaken * 3 + pause, () => {
      if (!actor.isAlive()) return;
      if (crash === 1) {
        meet(story, `${whose}crash before`, place);
        return actor.die();
      }
      if (pause >= STOOD_STILL_MS && clock.jumped() > jumped) return actor.die();
      const refuse = (error: PhasegateError) => {
        meet(story, met === null ? 'call refused' : met.name, place);
        reject(error);
      };
      if (trouble === 'unavailable') {
        return reject(new PhasegateError('unavailable', `${name}: simulated`));
      }
      if (met !== null && !met.thoughDone) return refuse(met.error());
      work().then(
        (result) => {
          if (crash === 2) {
            meet(story, `${whose}crash after`, place);
            actor.die();
          } else if (!actor.isAlive()) return;
          else if (trouble === 'unavailable-though-done') {
            reject(new PhasegateError('unavailable', `${name}: simulated, though done`));
          } else if (met !== null) refuse(met.error());
          else resolve(result);
        },
        (error: unknown) => {
          explained(story, error, name);
          if (actor.isAlive()) reject(error);
        },
      );
    });
  });
}

/** A port as this actor sees it: each of its methods is a call. */
export function portOf<Port extends object>(
  story: Story,
  actor: Actor,
  name: string,
  port: Port,
  ownOf: (method: string) => readonly OwnTrouble[] = () => [],
): Port {
  const methods = Object.entries(port).map(([method, work]) => [
    method,
    (...given: unknown[]) =>
      call(
        story,
        actor,
        `${name}.${method}`,
        () => (work as (...given: unknown[]) => Promise<unknown>)(...given),
        ownOf(method),
      ),
  ]);
  return Object.fromEntries(methods) as Port;
}
