import { describe, expect, it } from 'vitest';
import {
  CLOUD,
  commandsInWorld,
  DEFAULT_WORLD,
  inWorld,
} from '../../../shared/core/view/in-world.ts';

describe('a command', () => {
  it('names its world, unless it is the one that it has anyway', () => {
    expect(inWorld('npx phasegate status', DEFAULT_WORLD)).toBe('npx phasegate status');
    expect(inWorld('npx phasegate status', CLOUD)).toBe('npx phasegate status --world gcp');
  });

  it.each([
    ['npx phasegate explain RUN', 'npx phasegate report RUN --world gcp'],
    ['npx phasegate load DIR --only raw_box', 'fill raw_box in BigQuery, by what fills it there'],
  ])('%s, which does not reach the cloud, is what does its work there', (command, expected) => {
    expect(inWorld(command, CLOUD)).toBe(expected);
    expect(inWorld(command, 'local:x')).toBe(`${command} --world local:x`);
  });
});

describe('the commands of a message', () => {
  it('are written for their world, between backticks and at the end of a line', () => {
    const text = [
      'daily: schedule monitor-daily is paused',
      'next: npx phasegate schedules resume monitor-daily',
      '… cut; `phasegate status RUN` tells all of it',
    ].join('\n');
    expect(commandsInWorld(text, CLOUD)).toBe(
      [
        'daily: schedule monitor-daily is paused',
        'next: npx phasegate schedules resume monitor-daily --world gcp',
        '… cut; `npx phasegate status RUN --world gcp` tells all of it',
      ].join('\n'),
    );
  });

  it('are all that is changed in it', () => {
    const text = 'phasegate is no command here\nnor is `phasegatex y`, or npx other';
    expect(commandsInWorld(text, CLOUD)).toBe(text);
  });
});
