import { z } from 'zod';
import { PhasegateError } from '../core/errors.ts';

const HERE = ['localhost', '127.0.0.1', '[::1]'];

const PRINTS =
  'gcloud run services describe phasegate-api --project=PROJECT --region=REGION --format="value(status.url)"';

const schema = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine(({ protocol, hostname }) => protocol === 'https:' || HERE.includes(hostname))
  .transform((url) => url.origin);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the API of the cloud is, by `PHASEGATE_API`, without a path.
 *
 * @throws PhasegateError `invalid-input` where it is not set, or would carry a person's identity in the clear
 */
export function readApiAddress({ PHASEGATE_API: address = '' }: Environment): string {
  const { success, data } = schema.safeParse(address);
  if (success) return data;
  const found = address === '' ? 'not set' : JSON.stringify(address);
  throw new PhasegateError(
    'invalid-input',
    `PHASEGATE_API is ${found}; accepted: the https address of the API, or an http one of this machine. It is printed by:\n${PRINTS}`,
  );
}
