import type { Read } from '../../page/section.ts';

/** What was read, or why it could not be: never an error. */
export async function reading<Value>(read: () => Promise<Value>): Promise<Read<Value>> {
  try {
    return { value: await read() };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}
