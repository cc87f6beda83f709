import { PhasegateError } from '../core/errors.ts';
import { CLOUD } from '../core/view/in-world.ts';

/** Who asks for something: whom a person named, otherwise the user of this shell. */
export function requestedBy(by?: string): string {
  return by ?? process.env.USER ?? 'cli';
}

/**
 * In the cloud whoever calls signs.
 *
 * @param why what bears a name
 * @throws PhasegateError `invalid-input` where nobody is named who signs
 */
export function refuseUnsigned(
  { by, world }: Readonly<{ by?: string; world: string }>,
  why: string,
): void {
  if (world === CLOUD || (by ?? '').trim() !== '') return;
  const found = by === undefined ? 'not given' : 'empty';
  throw new PhasegateError('invalid-input', `--by is ${found}; ${why}`);
}
