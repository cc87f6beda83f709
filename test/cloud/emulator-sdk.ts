import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The environment in which gcloud asks nobody anything and finds nobody's account. */
export const SDK_ENV: NodeJS.ProcessEnv = { ...process.env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' };

/** Where Google's SDK is installed; null where there is no gcloud. */
export function sdkRoot(): Promise<string | null> {
  root ??= findRoot();
  return root;
}
let root: Promise<string | null> | undefined;

async function findRoot(): Promise<string | null> {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-gcloud-'));
  try {
    const { stdout } = await run('gcloud', ['info', '--format=value(installation.sdk_root)'], {
      env: { ...SDK_ENV, CLOUDSDK_CONFIG: directory },
    });
    return stdout.trim();
  } catch {
    return null;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export async function hasJava(): Promise<boolean> {
  try {
    await run('java', ['-version']);
    return true;
  } catch {
    return false;
  }
}
