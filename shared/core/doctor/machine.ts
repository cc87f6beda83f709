import { counted } from '../view/counted.ts';
import { type DoctorLine, fail, pass, told, warn } from './doctor-line.ts';

const NODE = 24;
const MIB = 1024 ** 2;
/** Below this a season does not fit beside its copies. */
const ROOMY_MIB = 2048;
/** Below this a commit may fail. */
const LEAST_MIB = 200;

/** @param version as Node says it: `24.21.0` */
export function nodeLine(version: string): DoctorLine {
  const found = `Node ${version}`;
  return Number(version.split('.')[0]) >= NODE
    ? pass('node', found)
    : fail('node', `${found}; wanted: ${NODE} or later`, '`npm rebuild node`');
}

/** @param used bytes of the world's own files; @param free bytes that are left beside them */
export function diskLine(used: number, free: number): DoctorLine {
  const found = `${mib(used)} used by this world, ${mib(free)} free`;
  if (free >= ROOMY_MIB * MIB) return pass('disk', found);
  const fix = `free some: below ${LEAST_MIB} MiB a write may fail, and a run stops`;
  return free < LEAST_MIB * MIB ? fail('disk', found, fix) : warn('disk', found, fix);
}

/** Tools that only the cloud and its emulators want. */
export function toolsLine(
  tools: readonly Readonly<{ name: string; isThere: boolean }>[],
): DoctorLine {
  const there = tools.filter(({ isThere }) => isThere).map(({ name }) => name);
  const lacking = tools.filter(({ isThere }) => !isThere).map(({ name }) => name);
  const found = [
    ...(there.length === 0 ? [] : [`${there.join(', ')} there`]),
    ...(lacking.length === 0 ? [] : [`${lacking.join(', ')} not there`]),
  ].join('; ');
  return told('tools', `${found} (${counted(tools.length, 'tool')} that only the cloud needs)`);
}

const mib = (bytes: number) => `${Math.floor(bytes / MIB)} MiB`;
