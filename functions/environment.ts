import { deployment } from './deployed.ts';

/** Ends the instance, saying all that is wrong with its environment, as soon as it listens. */
export function refuseWrongEnvironment(): void {
  setImmediate(() => {
    deployment().catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${JSON.stringify({ severity: 'CRITICAL', message })}\n`);
      process.exit(1);
    });
  });
}
