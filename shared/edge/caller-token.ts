import { z } from 'zod';

/** https://cloud.google.com/run/docs/troubleshooting#signature-removed */
const CHECKED_BY_CLOUD_RUN = 'SIGNATURE_REMOVED_BY_GOOGLE';

const claims = z.object({
  iss: z.enum(['https://accounts.google.com', 'accounts.google.com']),
  email: z.email(),
  email_verified: z.literal(true),
  exp: z.int(),
});

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The e-mail address of who called a service that only IAM lets callers through to: Cloud Run checks the token and takes its
 * signature away before it hands it on. Where both headers are there it checks only `x-serverless-authorization`.
 * Null for anything else, a token with its signature included: nobody checked that one.
 *
 * @param now milliseconds since 1970
 */
export function readCaller(headers: Headers, now: number): string | null {
  const header = headers['x-serverless-authorization'] ?? headers.authorization;
  if (typeof header !== 'string') return null;
  const [, payload, signature] = /^Bearer [^.\s]+\.([^.\s]+)\.([^.\s]+)$/i.exec(header) ?? [];
  if (payload === undefined || signature !== CHECKED_BY_CLOUD_RUN) return null;
  try {
    const text = Buffer.from(payload, 'base64url').toString('utf8');
    const { email, exp } = claims.parse(JSON.parse(text));
    return exp * 1000 > now ? email : null;
  } catch {
    return null;
  }
}
