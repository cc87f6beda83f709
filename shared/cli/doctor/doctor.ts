import { commandsHere } from '../../adapters/command-in.ts';
import { readDefinitionFiles } from '../../adapters/pipeline-files.ts';
import { type DoctorLine, fail, notLooked } from '../../core/doctor/doctor-line.ts';
import { doctorLines, doctorVerdict } from '../../core/doctor/doctor-lines.ts';
import type { Definition } from '../../core/pipeline.ts';
import { CLOUD } from '../../core/view/in-world.ts';
import { readApiAddress } from '../../edge/api-address.ts';
import { attempt } from '../../shell/doctor/attempt.ts';
import { cloudOf } from '../cloud.ts';
import { type ExitCode, exitCodeOfVerdict } from '../exit-code.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../with-world.ts';
import { doctorCloud } from './doctor-cloud.ts';
import { doctorLocal } from './doctor-local.ts';
import { definitionLines, machineLines } from './look-at-files.ts';

export type DoctorOptions = WorldOptions & Readonly<{ json?: boolean }>;

/**
 * Looks at everything that a run will need, and says of each thing what it found and what mends it. Starts, loads and
 * mends nothing. 1 where something fails, 3 where something could not be looked at.
 */
export async function doctor(options: DoctorOptions, output: Output): Promise<ExitCode> {
  const lines = (await linesOf(options, output)).map((line) => ({
    ...line,
    found: commandsHere(line.found, options),
    fix: line.fix === null ? null : commandsHere(line.fix, options),
  }));
  const verdict = doctorVerdict(lines);
  if (options.json === true) output.json({ verdict, lines });
  else for (const line of doctorLines(lines)) output.line(line);
  return exitCodeOfVerdict(verdict);
}

async function linesOf(options: DoctorOptions, output: Output): Promise<readonly DoctorLine[]> {
  const isLocal = options.world !== CLOUD;
  const machine = machineLines();
  const definition = await attempt(() => readDefinitionFiles(options));
  if ('trouble' in definition) {
    const fix = 'mend the line that it names; README.md says how pipelines are named';
    const rest = notLooked('world', 'without the pipeline nobody knows what should be there');
    return [...machine, fail('pipeline', definition.trouble, fix), rest];
  }
  const own = await definitionLines(options.pipeline, definition.value, isLocal);
  return [...machine, ...own, ...(await worldLines(options, definition.value, output))];
}

async function worldLines(
  options: DoctorOptions,
  definition: Definition,
  output: Output,
): Promise<readonly DoctorLine[]> {
  if (options.world !== CLOUD) return doctorLocal(options.world, definition, output);
  const address = await attempt(() => readApiAddress(process.env));
  const cloud = await attempt(() => cloudOf(options.world));
  if ('value' in address && 'value' in cloud && cloud.value !== null) {
    return doctorCloud(cloud.value, address.value, definition.hash);
  }
  const why = 'trouble' in address ? address.trouble : 'the cloud has no API';
  const fix = 'set PHASEGATE_API (docs/deploy.md, step 6)';
  return [fail('api', why, fix), notLooked('warehouse', 'the API is not known')];
}
