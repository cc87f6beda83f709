import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs the real gcloud, without an account, against a Pub/Sub server on this machine. @returns what it printed */
export async function gcloud(
  pubsubUrl: string,
  project: string,
  ...args: readonly string[]
): Promise<string> {
  const env = {
    ...process.env,
    CLOUDSDK_CONFIG: mkdtempSync(join(tmpdir(), 'phasegate-gcloud-')),
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB: `${pubsubUrl}/`,
    CLOUDSDK_AUTH_DISABLE_CREDENTIALS: 'true',
    CLOUDSDK_CORE_PROJECT: project,
  };
  const { stdout, stderr } = await promisify(execFile)('gcloud', [...args], { env });
  return stdout + stderr;
}
