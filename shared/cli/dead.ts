import { openDeadLetters } from '../adapters/local/dead-letters.ts';
import { findOwner } from '../adapters/local/owner-file.ts';
import { isKind, PhasegateError } from '../core/errors.ts';
import { counted } from '../core/view/counted.ts';
import { bodyStart, deadLines } from '../core/view/dead-lines.ts';
import { inWorld } from '../core/view/in-world.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { worldDirectory } from './world-directory.ts';

export type DeadOptions = Readonly<{ world: string; json?: boolean }>;

/** Every message that nobody could handle: why it died, and how its body begins. */
export function listDead(options: DeadOptions, output: Output): ExitCode {
  return withLetters(options, (letters) => {
    const found = letters.list();
    if (options.json === true) {
      const told = found.map(({ data, ...letter }) => ({ ...letter, body: bodyStart(data) }));
      output.json({ letters: told });
      return 0;
    }
    for (const line of deadLines(found)) output.line(line);
    output.line(counted(found.length, 'dead letter'));
    if (found.length > 0) {
      output.line(`again: ${inWorld('npx phasegate dead replay --all', options.world)}`);
    }
    return 0;
  });
}

/**
 * Sends dead letters again, under their own message ids: what they started before does not start twice. Who owns
 * the world takes them; where nobody does they wait for the next start.
 */
export function replayDead(
  ids: readonly string[],
  options: DeadOptions & Readonly<{ all?: boolean }>,
  output: Output,
): ExitCode {
  if (ids.length > 0 === (options.all === true)) {
    throw new PhasegateError(
      'invalid-input',
      `which letters to send again is not clear; accepted: IDs as \`${inWorld('npx phasegate dead list', options.world)}\` prints them, or --all`,
    );
  }
  return withLetters(options, (letters) => {
    const chosen = options.all === true ? letters.list().map(({ id }) => id) : [...new Set(ids)];
    replayAll(letters, chosen, options.world);
    const owner = findOwner(worldDirectory(options.world));
    const isServed = owner?.busUrl != null;
    if (options.json === true) output.json({ replayed: chosen, isServed });
    else if (chosen.length === 0) output.line('no dead letter to send again');
    else {
      const sent = `${counted(chosen.length, 'letter')} sent again`;
      output.line(
        isServed
          ? `${sent}; process ${owner.pid} takes them`
          : `${sent}; no process runs this world now, the next start takes them`,
      );
    }
    return 0;
  });
}

function replayAll(letters: Letters, ids: readonly string[], world: string): void {
  try {
    letters.replay(ids);
  } catch (error) {
    if (!isKind(error, 'invalid-input')) throw error;
    const list = inWorld('npx phasegate dead list', world);
    throw new PhasegateError('invalid-input', `${error.message}; \`${list}\` lists them`, error);
  }
}

type Letters = NonNullable<ReturnType<typeof openDeadLetters>>['letters'];

function withLetters({ world }: DeadOptions, work: (letters: Letters) => ExitCode): ExitCode {
  const directory = worldDirectory(world);
  const opened = openDeadLetters(directory);
  if (opened === null) {
    throw new PhasegateError(
      'invalid-input',
      `no world in ${directory}; make one with: ${inWorld('npx phasegate load DIR', world)}`,
    );
  }
  try {
    return work(opened.letters);
  } finally {
    opened.close();
  }
}
