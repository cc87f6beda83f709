import { describe, expect, it } from 'vitest';
import { readCloudConfig } from '../../shared/edge/cloud-config.ts';

const whole = {
  PHASEGATE_PROJECT: 'my-project',
  PHASEGATE_REGION: 'us-central1',
  PHASEGATE_LOCATION: 'US',
  PHASEGATE_PIPELINE: 'nba',
  PHASEGATE_DATABASE: 'phasegate-prod',
  PHASEGATE_EVIDENCE_BUCKET: 'my-evidence',
  PHASEGATE_API: 'https://api.example',
  PHASEGATE_VERSION: 'abc123',
};

describe('the configuration of a function', () => {
  it('is read as what it says, and what may be absent is absent', () => {
    expect(readCloudConfig(whole, 'start-run')).toMatchObject({
      project: 'my-project',
      environment: '',
      overlay: null,
      jobImage: null,
      operators: [],
      local: { warehouse: null, run: null, storage: null, firestore: null },
    });
  });

  it('names all that is missing at once', () => {
    const problems = () => readCloudConfig({}, 'start-run');
    for (const name of Object.keys(whole)) expect(problems).toThrow(`${name} is not set`);
  });

  it.each([
    ['PHASEGATE_PROJECT', 'My Project'],
    ['PHASEGATE_REGION', 'everywhere'],
    ['PHASEGATE_ENVIRONMENT', 'Prod!'],
    ['PHASEGATE_API', 'api.example'],
    ['PHASEGATE_JOB_IMAGE', 'image:latest'],
    ['PHASEGATE_OPERATORS', 'ana@x.example, nobody'],
    ['PHASEGATE_READERS', 'everybody'],
    ['PHASEGATE_PAGE', 'http://page.example'],
    ['PHASEGATE_PAGE', 'https://page.example/'],
    ['PHASEGATE_EVIDENCE_BUCKET', '../other'],
  ])('refuses %s=%s by its name, and does not repeat the value', (name, value) => {
    const read = () => readCloudConfig({ ...whole, [name]: value }, 'start-run');
    expect(read).toThrow(name);
    expect(read).not.toThrow(value);
  });

  it('reads lists of addresses', () => {
    const some = { ...whole, PHASEGATE_OPERATORS: 'ana@x.example, ben@x.example,' };
    const { operators } = readCloudConfig(some, 'api');
    expect(operators).toEqual(['ana@x.example', 'ben@x.example']);
  });
});
