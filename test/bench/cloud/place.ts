export const PROJECT = 'local';
export const ENVIRONMENT = 'bench';
export const BUCKET = 'evidence-of-bench';

/** The environment of a deployed function, with nobody behind any of its addresses unless `servers` says so. */
export function deployedEnvironment(
  servers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    METADATA_SERVER_DETECTION: 'none',
    PHASEGATE_PROJECT: PROJECT,
    PHASEGATE_REGION: 'us-central1',
    PHASEGATE_LOCATION: 'US',
    PHASEGATE_ENVIRONMENT: ENVIRONMENT,
    PHASEGATE_PIPELINE: 'nba',
    PHASEGATE_DATABASE: '(default)',
    PHASEGATE_EVIDENCE_BUCKET: BUCKET,
    PHASEGATE_API: 'http://127.0.0.1:1',
    PHASEGATE_VERSION: 'bench',
    PHASEGATE_OPERATORS: 'ana@local.example',
    PHASEGATE_JOB_ACCOUNTS: 'jobs@local.example',
    ...servers,
  };
}
