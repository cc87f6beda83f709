import { expect, it } from 'vitest';
import { cloudMonitoring } from '../../shared/adapters/gcp/monitoring.ts';
import { readCloudConfig } from '../../shared/edge/cloud-config.ts';
import { openStorageServer } from './storage-server.ts';

const ENVIRONMENT = {
  PHASEGATE_PROJECT: 'my-project',
  PHASEGATE_REGION: 'us-east1',
  PHASEGATE_LOCATION: 'US',
  PHASEGATE_PIPELINE: 'nba',
  PHASEGATE_DATABASE: 'phasegate',
  PHASEGATE_EVIDENCE_BUCKET: 'evidence-of-tests',
  PHASEGATE_API: 'https://api.example.com',
  PHASEGATE_VERSION: 'abc',
};

it('monitors in the cloud look into buckets, and count dead letters', async () => {
  const storage = await openStorageServer();
  storage.hold('raw', 'box/a.json', 'x', '2022-01-05T04:00:00.000Z');
  const config = readCloudConfig(
    {
      ...ENVIRONMENT,
      STORAGE_EMULATOR_HOST: storage.url,
      PHASEGATE_MONITORING_SERVER: storage.url,
    },
    'monitor',
  );
  const world = { now: () => '2022-01-05T12:00:00.000Z' } as never;
  const { files, dead } = cloudMonitoring(world, config, () => undefined as never);
  expect(await files?.newest('gs://raw/box/')).toMatchObject({ name: 'gs://raw/box/a.json' });
  await expect(dead?.piles()).rejects.toThrow('Cloud Monitoring answered 404');
  await storage.close();
});
