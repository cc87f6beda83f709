import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pipelinePath } from '../../adapters/pipeline-files.ts';
import { lockLine, pipelineLine, programsLine } from '../../core/doctor/definition.ts';
import { type DoctorLine, lineOf } from '../../core/doctor/doctor-line.ts';
import { diskLine, nodeLine, toolsLine } from '../../core/doctor/machine.ts';
import { type Definition, type Pipeline, tablesOf } from '../../core/pipeline.ts';
import { attempt } from '../../shell/doctor/attempt.ts';
import { lockStateOf } from '../lock.ts';

const TOOLS = ['gcloud', 'java', 'docker', 'terraform'];

export function machineLines(): readonly DoctorLine[] {
  const tools = TOOLS.map((name) => ({ name, isThere: isOnPath(name) }));
  return [nodeLine(process.versions.node), toolsLine(tools)];
}

/** What the pipeline file and the lock beside it show; @param local whether this machine is to start its jobs */
export async function definitionLines(
  pipelineName: string,
  definition: Definition,
  local: boolean,
): Promise<readonly DoctorLine[]> {
  const { pipeline } = definition;
  const lock = await attempt(() => lockStateOf(pipelineName));
  const lacking = local ? unstartable(pipeline, dirname(pipelinePath(pipelineName))) : [];
  return [
    pipelineLine(pipeline),
    lineOf('lock', lock, ({ state, place }) => lockLine(state, place)),
    ...(local ? [programsLine(pipeline, lacking)] : []),
  ];
}

/** The disk under a world's directory. */
export async function diskLines(directory: string): Promise<readonly DoctorLine[]> {
  const disk = await attempt(() => {
    const { bavail, bsize } = statfsSync(directory);
    const files = readdirSync(directory, { withFileTypes: true }).filter((each) => each.isFile());
    const used = files.reduce((sum, { name }) => sum + statSync(join(directory, name)).size, 0);
    return { used, free: bavail * bsize };
  });
  return [lineOf('disk', disk, ({ used, free }) => diskLine(used, free))];
}

function unstartable(pipeline: Pipeline, folder: string): readonly string[] {
  return tablesOf(pipeline).flatMap(({ name, job }) => {
    if (job.kind !== 'program') return [];
    const [program] = job.program.command ?? [];
    if (program === undefined) return [`${name}: job.program.command is not set`];
    const isThere = program.includes('/')
      ? existsSync(resolve(folder, program))
      : isOnPath(program);
    return isThere ? [] : [`${name}: there is no program ${program}`];
  });
}

function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((each) => each !== '');
  return folders.some((folder) => existsSync(join(folder, program)));
}
