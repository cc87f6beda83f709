import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';

const schema = z.strictObject({ reason: z.string().max(2000), until: z.string().max(40) });

/** @throws PhasegateError `invalid-input` for anything that is not `{"reason": "…", "until": "…"}` */
export function readPause(text: string): z.output<typeof schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const accepted = 'accepted: {"reason": "…", "until": "2026-01-05T00:00:00Z"}';
    throw new PhasegateError('invalid-input', `this is not a pause; ${accepted}`, error);
  }
}
