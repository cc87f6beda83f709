import type { Account } from './ledger.ts';
import type { Played } from './play.ts';
import type { Told } from './world.ts';

const KIND_WIDTH = 46;

/** A trouble a line: when, what, how soon it was told, in how many messages, and what was wrong with that. */
export function accountLines(accounts: readonly Account[]): readonly string[] {
  return accounts.flatMap(({ placed: { trouble, day }, toldAfterHours, messages, wrong }) => {
    const isSilent = trouble.tells.length === 0;
    const told = isSilent ? 'nothing to tell' : `told after ${toldAfterHours?.toFixed(1) ?? '-'} h`;
    const mark = wrong.length === 0 ? 'ok    ' : 'MISSED';
    return [
      `${mark} ${day} ${trouble.kind.padEnd(KIND_WIDTH)} ${told}, ${messages} messages`,
      ...wrong.map((each) => `         ${each}`),
    ];
  });
}

export function alarmLines(alarms: readonly Told[]): readonly string[] {
  return alarms.map(
    ({ at, severity, key, text }) =>
      `FALSE  ${at} ${severity} ${key}: ${text.split('\n').slice(0, 3).join(' | ')}`,
  );
}

/** Monitors that did not look each time they were due, or never were. */
export function looksWrong(looks: Played['looks']): string[] {
  return Object.entries(looks).flatMap(([monitor, { looked, due }]) =>
    looked === due && due > 0
      ? []
      : [`LOOKS  ${monitor} looked ${looked} times, and was due ${due} times`],
  );
}
