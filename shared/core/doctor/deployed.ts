import { type DoctorLine, pass, warn } from './doctor-line.ts';

/** @param here the code version of this checkout; both tell everything that decides a verdict */
export function deployedLine(address: string, deployed: string, here: string): DoctorLine {
  if (deployed === here) return pass('api', `${address} runs ${here}, as here`);
  const fix = 'deploy this checkout (docs/deploy.md), or check out what is deployed';
  return warn('api', `${address} runs ${deployed}; here is ${here}`, fix);
}
