/** The world of a command that names none. */
export const DEFAULT_WORLD = 'local:.phasegate';

/** The world in Google Cloud, which commands reach through its API. */
export const CLOUD = 'gcp';

/** Commands in a text: between backticks, or up to a semicolon or the end of the line. */
const COMMANDS = /`(?:npx )?(phasegate [^`\n]*)`|npx (phasegate [^;\n]*)(?=;|$)/gm;

/** What does not reach the cloud, as what does the same for it there. */
const IN_THE_CLOUD: readonly (readonly [RegExp, string])[] = [
  [/^npx phasegate explain ([^-\s]\S*).*$/, `npx phasegate report $1 --world ${CLOUD}`],
  [/^npx phasegate load \S+ --only (\S+).*$/, 'fill $1 in BigQuery, by what fills it there'],
];

/** A command as it must be written for this world; what a person does there instead, where the command does not reach it. */
export function inWorld(command: string, world: string): string {
  if (world === DEFAULT_WORLD) return command;
  const other = world === CLOUD && IN_THE_CLOUD.find(([which]) => which.test(command));
  return other ? command.replace(...other) : `${command} --world ${world}`;
}

/** A message whose commands, each between backticks or at the end of its line, are written for this world. */
export function commandsInWorld(message: string, world: string): string {
  return message.replaceAll(COMMANDS, (_, quoted?: string, last?: string) =>
    quoted === undefined ? inWorld(`npx ${last}`, world) : `\`${inWorld(`npx ${quoted}`, world)}\``,
  );
}
