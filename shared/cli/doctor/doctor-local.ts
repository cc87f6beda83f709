import { accessSync, constants } from 'node:fs';
import { cronerCrons } from '../../adapters/croner-crons.ts';
import type { LocalWorld } from '../../adapters/local/local-world.ts';
import { isWorld } from '../../adapters/local/open-runs.ts';
import { channelsLine } from '../../core/doctor/alerts.ts';
import { type DoctorLine, fail, notLooked, pass, told } from '../../core/doctor/doctor-line.ts';
import { isKind } from '../../core/errors.ts';
import type { Definition } from '../../core/pipeline.ts';
import { readChannels } from '../../edge/channel-addresses.ts';
import { doctorAlerts, doctorRuns, doctorSchedules } from '../../shell/doctor/doctor-around.ts';
import { doctorWarehouse } from '../../shell/doctor/doctor-warehouse.ts';
import type { Output } from '../output.ts';
import { withWorld } from '../with-world.ts';
import { worldDirectory } from '../world-directory.ts';
import { diskLines } from './look-at-files.ts';

const NEVER_EXPIRES = 'a local warehouse deletes no day by itself; BigQuery may';

/** Everything that a local world shows. It changes nothing in it: what is missing stays missing. */
export async function doctorLocal(
  world: string,
  definition: Definition,
  output: Output,
): Promise<readonly DoctorLine[]> {
  const directory = worldDirectory(world);
  if (!isWorld(directory)) {
    return [fail('world', `no world in ${directory}`, '`npx phasegate load DIR` makes one')];
  }
  try {
    accessSync(directory, constants.W_OK);
  } catch {
    return [fail('world', `${directory} cannot be written to`, 'give it to who runs this')];
  }
  const disk = await diskLines(directory);
  const place = { world, definition, make: false, launches: false, makesTables: false };
  try {
    const lines = await withWorld({ ...place, anyDefinition: true }, output, (opened) =>
      linesOf(opened, directory, definition),
    );
    return [...disk, ...lines];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const rest = notLooked('warehouse', 'the world could not be opened');
    return [
      ...disk,
      isKind(error, 'unavailable')
        ? notLooked('world', why)
        : fail('world', why, 'do what it says, then look again'),
      rest,
    ];
  }
}

async function linesOf(
  world: LocalWorld,
  directory: string,
  definition: Definition,
): Promise<readonly DoctorLine[]> {
  const { pipeline } = definition;
  const now = new Date().toISOString();
  const isCarried = !world.isOwner && world.owner.busUrl !== null;
  const monitoring = { ...world, now: () => now, testMs: 0 };
  return [
    ownerLine(world, directory, definition),
    ...(await doctorWarehouse(world.warehouse, pipeline, now)).map((line) =>
      line.check === 'partition-expiry' ? told(line.check, NEVER_EXPIRES) : line,
    ),
    await doctorSchedules(world.scheduler, pipeline, cronerCrons, now, isCarried),
    addressesLine(definition),
    ...(await doctorAlerts(monitoring, pipeline)),
    await doctorRuns(world.runs, isCarried),
  ];
}

function ownerLine(
  { isOwner, owner }: LocalWorld,
  directory: string,
  { hash }: Definition,
): DoctorLine {
  if (isOwner) return pass('world', `${directory}: nobody else holds it`);
  const found = `process ${owner.pid} holds ${directory}`;
  return owner.definition === hash
    ? pass('world', found)
    : fail(
        'world',
        `${found} with another pipeline definition (${owner.definition}, here ${hash})`,
        'stop it and start it anew, or name its pipeline',
      );
}

/** The channels that `up`, started here, would have. */
function addressesLine({ pipeline: { alerts } }: Definition): DoctorLine {
  try {
    const found = readChannels(process.env, alerts, 'left-out');
    const open = found.filter(({ by }) => by !== 'console').map(({ name }) => name);
    const declared = (alerts?.channels ?? []).filter(({ by }) => by !== 'console');
    return channelsLine({ declared: declared.map(({ name }) => name), open });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('channels', why, 'set the variable to an address of that kind');
  }
}
