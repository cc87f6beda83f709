import { describe, expect, it } from 'vitest';
import { formatDaySet } from '../../shared/core/day-set.ts';
import { launchId, parseTableName } from '../../shared/core/ids.ts';
import { readJobEnvironment } from '../../shared/edge/job-environment.ts';
import { RUN } from '../core/build.ts';

const launch = launchId(RUN, parseTableName('a.t'), 1);
const whole = {
  PHASEGATE_RUN: RUN,
  PHASEGATE_LAUNCH: launch,
  PHASEGATE_TABLE: 'a.t',
  PHASEGATE_DAYS: '2022-01-01..2022-01-03',
  PHASEGATE_PROJECT: 'local',
  PHASEGATE_DEFINITION: 'definition.json',
};
const noFile = async (uri: string): Promise<string> => {
  throw new Error(`nothing is to be read from ${uri}`);
};

describe('the environment of a job', () => {
  it('is read as what it says', async () => {
    const { days, ...others } = await readJobEnvironment(whole, noFile);
    expect(formatDaySet(days)).toEqual(['2022-01-01..2022-01-03']);
    expect(others).toEqual({
      run: RUN,
      launch,
      table: 'a.t',
      project: 'local',
      location: null,
      apiEndpoint: null,
      api: null,
      execution: null,
      definition: 'definition.json',
    });
  });

  it('tells where the datasets are, where its launch is claimed, and by what name', async () => {
    const inTheCloud = {
      PHASEGATE_LOCATION: 'europe-west1',
      PHASEGATE_API: 'https://gate.example',
      CLOUD_RUN_EXECUTION: 'job-x7k',
    };
    expect(await readJobEnvironment({ ...whole, ...inTheCloud }, noFile)).toMatchObject({
      location: 'europe-west1',
      api: 'https://gate.example',
      execution: 'job-x7k',
    });
    const wrong = { ...whole, PHASEGATE_API: 'gate.example' };
    await expect(readJobEnvironment(wrong, noFile)).rejects.toThrow('PHASEGATE_API');
  });

  it('may keep its days in a file', async () => {
    const { PHASEGATE_DAYS: _, ...others } = whole;
    const far = { ...others, PHASEGATE_DAYS_URI: 'file:///days' };
    const { days } = await readJobEnvironment(far, async (uri) =>
      uri === 'file:///days' ? '2022-01-05' : noFile(uri),
    );
    expect(formatDaySet(days)).toEqual(['2022-01-05..2022-01-05']);
  });

  it.each(Object.keys(whole))('without %s is refused at the start, by its name', async (name) => {
    const lacking = { ...whole, [name]: undefined };
    await expect(readJobEnvironment(lacking, noFile)).rejects.toThrow(name);
  });

  it('that was wiped is refused, and all that is missing is told at once', async () => {
    const wiped = readJobEnvironment({}, noFile);
    const names = Object.keys(whole).filter((name) => name !== 'PHASEGATE_DAYS');
    for (const name of names) await expect(wiped).rejects.toThrow(`${name} is not set`);
  });

  it('with a day that does not exist is refused', async () => {
    const wrong = { ...whole, PHASEGATE_DAYS: '2022-02-30' };
    await expect(readJobEnvironment(wrong, noFile)).rejects.toThrow('2022-02-30');
  });
});
