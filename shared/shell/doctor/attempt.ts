import type { Fact } from '../../core/doctor/doctor-line.ts';
import { PhasegateError } from '../../core/errors.ts';

/** Whatever the work throws is why nobody could look; the next look goes on. */
export async function attempt<Value>(work: () => Promise<Value> | Value): Promise<Fact<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof PhasegateError) return { trouble: error.message };
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}
