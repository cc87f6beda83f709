import { addDays, type Day } from '../../shared/core/days.ts';
import type { Awaited, Placed } from './trouble.ts';
import type { Told } from './world.ts';

/** What became of a trouble: when it was told, and everything that was not as it should have been. */
export type Account = Readonly<{
  placed: Placed;
  /** Hours from when it could first be seen; null: never, or nobody had to be told. */
  toldAfterHours: number | null;
  messages: number;
  wrong: readonly string[];
}>;

export type Balance = Readonly<{ accounts: readonly Account[]; falseAlarms: readonly Told[] }>;

/** Puts what people were told against what went wrong; a digest that has nothing new to say is no alert. */
export function balance(placed: readonly Placed[], told: readonly Told[]): Balance {
  const alerts = told.filter((each) => !isQuietDigest(each));
  const explained = new Set<Told>();
  const accounts = placed.map((each) => account(each, alerts, explained));
  return { accounts, falseAlarms: alerts.filter((each) => !explained.has(each)) };
}

function account(placed: Placed, alerts: readonly Told[], explained: Set<Told>): Account {
  const { trouble, day } = placed;
  const begins = midnightAfter(day);
  const ends = midnightAfter(addDays(day, trouble.takesDays));
  const within = alerts.filter(({ at }) => at >= begins && at < ends);
  const wrong: string[] = [];
  let first: string | null = null;
  for (const awaited of trouble.tells) {
    const own = within.filter((each) => isOf(causeOf(each), awaited.cause));
    for (const each of own) explained.add(each);
    wrong.push(...wrongWith(awaited, own, hoursAfter(begins, trouble.toldByHour)));
    if (awaited.mayBeMissing !== true) first ??= own[0]?.at ?? null;
  }
  const pages = within.filter((each) => causeOf(each) === 'run');
  if (trouble.stopsRuns) for (const each of pages) explained.add(each);
  const messages = within.filter((each) => explained.has(each)).length;
  const toldAfterHours =
    first === null ? null : (Date.parse(first) - Date.parse(begins)) / 3_600_000;
  return { placed, toldAfterHours, messages, wrong };
}

function wrongWith(
  { cause, severity, mayBeMissing = false }: Awaited,
  own: readonly Told[],
  deadline: string,
): readonly string[] {
  const told = own.filter((each) => kindOf(each) !== 'lasts' && kindOf(each) !== 'over');
  const isSaidAgain = cause === 'digest/silent' || cause.startsWith('channel/');
  const [first] = told;
  if (first === undefined) return mayBeMissing ? [] : [`${cause} was never told`];
  const over = own.filter((each) => kindOf(each) === 'over');
  const hasEnd = kindOf(first) === 'new';
  return [
    ...(told.length > 1 && !isSaidAgain ? [`${cause} was told ${told.length} times`] : []),
    ...(mayBeMissing || first.at <= deadline
      ? []
      : [`${cause} was told at ${first.at}, after ${deadline}`]),
    ...(first.severity === severity ? [] : [`${cause} was ${first.severity}, not ${severity}`]),
    ...(hasEnd && over.length !== 1 ? [`${cause} was over ${over.length} times`] : []),
  ];
}

/** `*` at the end of a cause stands for whatever follows. */
const isOf = (cause: string, awaited: string) =>
  awaited.endsWith('*') ? cause.startsWith(awaited.slice(0, -1)) : cause === awaited;

const midnightAfter = (day: Day) => `${addDays(day, 1)}T00:00:00.000Z`;
const hoursAfter = (instant: string, hours: number) =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

/** `monitor/NAME/CAUSE/KIND/AT`; what a run says of itself is of cause `run`. */
function partsOf({ key }: Told): Readonly<{ cause: string; kind: string }> {
  const parts = key.split('/');
  if (parts[0] === 'monitor') {
    return { cause: parts.slice(2, -2).join('/'), kind: parts.at(-2) ?? '' };
  }
  if (parts[0] === 'digest') return { cause: 'digest/silent', kind: 'said' };
  if (parts[0] === 'channel') {
    return { cause: `channel/${parts[1]}`, kind: parts[2] === 'failed' ? 'new' : 'over' };
  }
  if (parts[0] === 'dead') return { cause: `dead/${parts[1]}`, kind: 'said' };
  return { cause: 'run', kind: 'said' };
}

const causeOf = (told: Told) => partsOf(told).cause;
const kindOf = (told: Told) => partsOf(told).kind;

function isQuietDigest(told: Told): boolean {
  return causeOf(told) === 'digest' && !told.text.includes('was due at');
}
