import { type DoctorLine, pass, warn } from './doctor-line.ts';

/** @param here the code version of this checkout; both tell everything that decides a verdict */
export function deployedLine(address: string, deployed: string, here: string): DoctorLine {
  if (deployed === here) return pass('api', `${address} runs ${here}, as here`);
  const fix = 'deploy this checkout (docs/deploy.md), or check out what is deployed';
  return warn('api', `${address} runs ${deployed}; here is ${here}`, fix);
}

/** @param here the definition of the pipeline file in this checkout, by its hash */
export function definitionLine(deployed: string, here: string): DoctorLine {
  if (deployed === here) return pass('definition', `the deployed pipeline is ${here}, as here`);
  const fix = 'deploy the pipeline file (docs/deploy.md): what is promised there is another';
  return warn('definition', `the deployed pipeline is ${deployed}; here is ${here}`, fix);
}
