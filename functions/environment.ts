import { deployment } from './deployed.ts';

/**
 * Ends the instance, saying all that is wrong with its environment, as soon as it listens. Where nobody says which function
 * it serves, the first call finds out.
 */
export function refuseWrongEnvironment(): void {
  const target = process.env.FUNCTION_TARGET;
  if (target === undefined) return;
  setImmediate(() => {
    deployment(target).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${JSON.stringify({ severity: 'CRITICAL', message })}\n`);
      process.exit(1);
    });
  });
}
