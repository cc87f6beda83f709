import { describe, expect, it } from 'vitest';
import { parseDaySet } from '../../shared/core/day-set.ts';
import { PhasegateError } from '../../shared/core/errors.ts';
import type { TableName } from '../../shared/core/ids.ts';
import type { Statement } from '../../shared/ports/warehouse.ts';
import { EVERYTHING, FORM, TEAMS, useReaders } from './watched-readers.ts';

const { open, openPublished, world, load, ask, run, stepToTheEnd, unwatched, shown } = useReaders();

describe('readers of verified views', { timeout: 240_000 }, () => {
  it('find no row before a gate has passed, and every VERIFIED day after it', async () => {
    await open();
    expect(await shown()).toEqual([[], []]);
    const state = await run();
    expect(state).toMatchObject({ status: 'passed' });
    expect(await shown()).toEqual(EVERYTHING);
    expect(state?.published).toEqual({
      [TEAMS]: parseDaySet('2022-01-01..2022-01-10'),
      [FORM]: parseDaySet('2022-01-03..2022-01-10'),
    });
    expect(world().failures).toEqual([]);
  });

  it('find nothing of a phase that is blocked, not even its good days, and all of it after the repair', async () => {
    await open(undefined, (on) => on !== '2022-01-05');
    const blocked = await run();
    expect(blocked?.status).toBe('blocked');
    expect(await shown()).toEqual([[], []]);
    await load();
    const repair = { repair: blocked?.run, requestedBy: 'ana', reason: '' };
    await world().world.bus.publish('phasegate-start', repair);
    expect((await stepToTheEnd())?.status).toBe('passed');
    expect(await shown()).toEqual(EVERYTHING);
  });

  it('lose every day of a run of mode all before its first launch, and the days after its range that it makes stale', async () => {
    await openPublished();
    let seen: string[][] = [];
    const { jobs } = world().world;
    const { launch } = jobs;
    jobs.launch = async (asked) => {
      if (seen.length === 0) seen = await shown();
      return launch(asked);
    };
    await run({ mode: 'all', from: '2022-01-02', to: '2022-01-04' });
    expect(seen).toEqual([['2022-01-01..2022-01-01', '2022-01-05..2022-01-10'], []]);
    expect(await shown()).toEqual([['2022-01-01..2022-01-10'], ['2022-01-03..2022-01-04']]);
    await run({ from: '2022-01-05' });
    expect(await shown()).toEqual(EVERYTHING);
  });

  it('lose a published day that a stranger changed, and those behind it, as soon as a gate looks, though it refuses', async () => {
    await openPublished();
    await ask({ phases: ['analytics'] });
    await world().step();
    await world().step();
    const stranger = { game_id: 'x', game_date: '2022-01-06', team: 'ZZZ', points: 10 };
    await world().direct.append(TEAMS, [stranger, stranger], { jobId: 'stranger' });
    await unwatched(() => world().step());
    expect(await shown()).toEqual([
      ['2022-01-01..2022-01-05', '2022-01-07..2022-01-10'],
      ['2022-01-03..2022-01-06'],
    ]);
    expect((await stepToTheEnd())?.status).toBe('passed');
  });

  it('lose every published day on which a blocking check cannot be evaluated any more, though nothing is written anew, and find all again once it can', async () => {
    await openPublished();
    const { warehouse, jobs } = world().world;
    const { columnsOf, dryRun } = warehouse;
    const { launch } = jobs;
    const launches: string[] = [];
    jobs.launch = async (asked) => {
      launches.push(asked.id);
      return launch(asked);
    };
    const anotherColumn = { name: 'note', type: 'STRING', required: false } as const;
    Object.assign(warehouse, {
      columnsOf: async (name: TableName) => {
        const columns = await columnsOf(name);
        return name === TEAMS && columns !== null ? [...columns, anotherColumn] : columns;
      },
      dryRun: async (statement: Statement) => {
        const readsPoints = statement.sql.includes(TEAMS) && statement.sql.includes('points');
        if (readsPoints) throw new PhasegateError('invalid-query', 'no access to column points');
        return dryRun(statement);
      },
    });
    const blocked = await run();
    expect(blocked?.status).toBe('blocked');
    expect(blocked?.tables[TEAMS]).toMatchObject({
      verdict: 'UNKNOWN',
      message: expect.stringContaining('no access to column points'),
    });
    expect(await shown()).toEqual([[], []]);
    Object.assign(warehouse, { columnsOf, dryRun });
    const repair = { repair: blocked?.run, requestedBy: 'ana', reason: '' };
    await world().world.bus.publish('phasegate-start', repair);
    expect((await stepToTheEnd())?.status).toBe('passed');
    expect(await shown()).toEqual(EVERYTHING);
    expect(launches).toEqual([]);
  });
});
