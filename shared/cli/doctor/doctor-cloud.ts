import type { CloudApi } from '../../adapters/cloud-api.ts';
import { codeVersion } from '../../adapters/code-version.ts';
import { definitionLine, deployedLine } from '../../core/doctor/deployed.ts';
import { type DoctorLine, fail, notLooked } from '../../core/doctor/doctor-line.ts';
import { isKind } from '../../core/errors.ts';

/** What a person who only reaches the API cannot see. */
const UNSEEN = [
  ['channels', 'npx phasegate health channels'],
  ['dead-letters', 'npx phasegate health dead-letters'],
] as const;

/**
 * What the deployed API says of its own world. Where it cannot be reached nothing of it is known.
 *
 * @param here the definition in this checkout, by its hash
 */
export async function doctorCloud(
  cloud: CloudApi,
  address: string,
  here: string,
): Promise<readonly DoctorLine[]> {
  try {
    const { version, definition, lines } = await cloud.doctor();
    return [
      deployedLine(address, version, codeVersion()),
      definitionLine(definition, here),
      ...lines,
      ...UNSEEN.map(([check, command]) =>
        notLooked(check, 'the API does not show them; a monitor looks', command),
      ),
    ];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const rest = notLooked('warehouse', 'the API did not answer');
    return isKind(error, 'not-found')
      ? [fail('api', `${address} knows no doctor`, 'deploy this release (docs/deploy.md)'), rest]
      : [notLooked('api', why), rest];
  }
}
