import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';
import { bareAddress } from './collector.ts';

/** What a deployed function is told about where it is. */
export type CloudConfig = Readonly<{
  project: string;
  region: string;
  /** Where the datasets are: `US`, `europe-west1`. */
  location: string;
  /** The suffix of names, without its dash; empty: names have none. */
  environment: string;
  /** The pipeline's file or short name; an overlay's file, or null. */
  pipeline: string;
  overlay: string | null;
  database: string;
  evidenceBucket: string;
  /** Where jobs claim their launches; null in the API itself and the page, which launch nothing. */
  api: string | null;
  /** The image of the job that ships, by digest; null: whatever is deployed. */
  jobImage: string | null;
  /** What was deployed: a commit or a release. */
  version: string;
  /** E-mail addresses that may read and write through the API, that may read, and those of the jobs, which may claim. */
  operators: readonly string[];
  readers: readonly string[];
  jobAccounts: readonly string[];
  /** The page's address, for links, without a slash at its end; null: alerts hold none. */
  page: string | null;
  /** Where spans are sent to by OTLP over HTTP, without its path `/v1/traces`; null: nowhere. */
  collector: string | null;
  /** Servers that stand in for Google's own; null: Google's. Pub/Sub's client reads its own from the environment itself. */
  local: Readonly<{
    warehouse: string | null;
    run: string | null;
    scheduler: string | null;
    monitoring: string | null;
    storage: string | null;
    /** `HOST:PORT`. */
    firestore: string | null;
  }>;
}>;

const given = z.string({ error: 'is not set' }).min(1, 'is empty');
const name = (shape: RegExp, accepted: string) =>
  given.regex(shape, { error: `is not ${accepted}` });
const address = given.pipe(z.url({ protocol: /^https?$/, error: 'is not an http address' }));
const emails = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  )
  .pipe(z.array(z.email({ error: 'holds what is no e-mail address' })));

/** So they need not know where jobs claim. */
const LAUNCHES_NOTHING = ['api', 'dashboard'];

const environmentOf = (target: string) =>
  z.object({
    PHASEGATE_PROJECT: name(/^[a-z][a-z0-9:.-]{3,60}$/, 'a project id'),
    PHASEGATE_REGION: name(/^[a-z]+-[a-z]+[0-9]+$/, 'a region, such as us-central1'),
    PHASEGATE_LOCATION: name(/^[A-Za-z0-9-]+$/, 'a location, such as US'),
    PHASEGATE_ENVIRONMENT: z
      .string()
      .regex(/^([a-z][a-z0-9]{0,11})?$/, { error: 'is not empty or 1 to 12 of a-z and 0-9' })
      .default(''),
    PHASEGATE_PIPELINE: given,
    PHASEGATE_OVERLAY: z.string().min(1).optional(),
    PHASEGATE_DATABASE: given,
    PHASEGATE_EVIDENCE_BUCKET: name(/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/, "a bucket's name"),
    PHASEGATE_API: LAUNCHES_NOTHING.includes(target) ? address.optional() : given.pipe(address),
    PHASEGATE_PAGE: z
      .string()
      .regex(/^https:\/\/[^\s?#]*[^\s?#/]$/, {
        error: 'is not an https address without a slash at its end',
      })
      .optional(),
    PHASEGATE_JOB_IMAGE: z
      .string()
      .regex(/@sha256:[0-9a-f]{64}$/, { error: 'is not an image by its digest (…@sha256:…)' })
      .optional(),
    PHASEGATE_VERSION: given,
    PHASEGATE_OPERATORS: emails,
    PHASEGATE_READERS: emails,
    PHASEGATE_JOB_ACCOUNTS: emails,
    OTEL_EXPORTER_OTLP_ENDPOINT: bareAddress.optional(),
    BIGQUERY_EMULATOR_HOST: address.optional(),
    PHASEGATE_RUN_SERVER: address.optional(),
    PHASEGATE_SCHEDULER_SERVER: address.optional(),
    PHASEGATE_MONITORING_SERVER: address.optional(),
    STORAGE_EMULATOR_HOST: address.optional(),
    FIRESTORE_EMULATOR_HOST: z.string().min(1).optional(),
  });

const schemaOf = (target: string) =>
  environmentOf(target).transform(
    (env): CloudConfig => ({
      project: env.PHASEGATE_PROJECT,
      region: env.PHASEGATE_REGION,
      location: env.PHASEGATE_LOCATION,
      environment: env.PHASEGATE_ENVIRONMENT,
      pipeline: env.PHASEGATE_PIPELINE,
      overlay: env.PHASEGATE_OVERLAY ?? null,
      database: env.PHASEGATE_DATABASE,
      evidenceBucket: env.PHASEGATE_EVIDENCE_BUCKET,
      api: env.PHASEGATE_API ?? null,
      jobImage: env.PHASEGATE_JOB_IMAGE ?? null,
      version: env.PHASEGATE_VERSION,
      operators: env.PHASEGATE_OPERATORS,
      readers: env.PHASEGATE_READERS,
      jobAccounts: env.PHASEGATE_JOB_ACCOUNTS,
      page: env.PHASEGATE_PAGE ?? null,
      collector: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
      local: {
        warehouse: env.BIGQUERY_EMULATOR_HOST ?? null,
        run: env.PHASEGATE_RUN_SERVER ?? null,
        scheduler: env.PHASEGATE_SCHEDULER_SERVER ?? null,
        monitoring: env.PHASEGATE_MONITORING_SERVER ?? null,
        storage: env.STORAGE_EMULATOR_HOST ?? null,
        firestore: env.FIRESTORE_EMULATOR_HOST ?? null,
      },
    }),
  );

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param target the function that reads it: all but `api` and `dashboard` must know where the API is
 * @throws PhasegateError `invalid-input` listing all that is missing or wrong; no value is told, some are secret
 */
export function readCloudConfig(environment: Environment, target: string): CloudConfig {
  return checked(schemaOf(target), environment);
}

function checked<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
  throw new PhasegateError('invalid-input', `the configuration is wrong: ${problems.join('; ')}`);
}
