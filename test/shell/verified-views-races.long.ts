import { describe, expect, it } from 'vitest';
import { verifiedViewOf } from '../../shared/core/published.ts';
import type { Warehouse } from '../../shared/ports/warehouse.ts';
import { EVERYTHING, FORM, useReaders } from './watched-readers.ts';

const { open, openPublished, world, begin, run, stepToTheEnd, unwatched, shown } = useReaders();

describe('readers of verified views, when processes die and runs meet', {
  timeout: 240_000,
}, () => {
  it.each([1, 2, 3, 4])(
    'see no other day when the process dies before or after change %s of a view, and in the end all',
    async (which) => {
      let [calls, deaths] = [0, 0];
      await open((call, moment) => {
        if (call !== 'replaceView') return false;
        if (moment === 'before') calls += 1;
        const dies = deaths < 2 && calls === (moment === 'before' ? which : which + 1);
        if (dies) deaths += 1;
        return dies;
      });
      expect((await run())?.status).toBe('passed');
      expect(deaths).toBe(2);
      expect(world().failures).toHaveLength(2);
      expect(await shown()).toEqual(EVERYTHING);
    },
  );

  it('see no half-written table when a job dies between two of its writes', async () => {
    await openPublished();
    let writes = 0;
    const { write } = world().world.warehouse;
    Object.assign(world().world.warehouse, {
      write: async (...args: Parameters<Warehouse['write']>) => {
        writes += 1;
        if (writes === 2) throw new Error('killed between two writes');
        return write(...args);
      },
    });
    expect((await run({ mode: 'all' }))?.status).toBe('passed');
    expect(world().failures).toHaveLength(1);
    expect(await shown()).toEqual(EVERYTHING);
  });

  it('never lose a view that somebody else replaced: the run stops and names it', async () => {
    await open();
    const view = verifiedViewOf(FORM);
    const theirs = `SELECT team FROM \`${FORM}\``;
    await world().direct.replaceView(view, theirs);
    await unwatched(run);
    const [state] = await world().states();
    expect(state?.status).toBe('failed');
    expect(state?.message).toContain(`view ${view} was replaced by somebody else`);
    expect(await world().direct.viewSql(view)).toBe(theirs);
  });

  it('leave evidence that says UNKNOWN of a gate whose days could not be published', async () => {
    await open();
    const { store } = world().world.evidence;
    const theirs = `SELECT team FROM \`${FORM}\``;
    Object.assign(world().world.evidence, {
      store: {
        ...store,
        put: async (id: string, text: string) => {
          await store.put(id, text);
          if (id.includes('-roll-1-precompute-')) {
            await world().direct.replaceView(verifiedViewOf(FORM), theirs);
          }
        },
      },
    });
    await unwatched(run);
    const [state] = await world().states();
    const told = state?.tables[FORM];
    expect(told).toMatchObject({ tag: 'blocked', verdict: 'UNKNOWN' });
    const id = told?.tag === 'blocked' ? told.evidence : '';
    expect(JSON.parse(await store.get(id)).content).toMatchObject({
      verdict: 'UNKNOWN',
      trouble: expect.stringContaining('was replaced by somebody else'),
    });
  });

  it('see nothing that a gate judged before another run took it away', async () => {
    await openPublished();
    const { store } = world().world.evidence;
    let isFirst = true;
    Object.assign(world().world.evidence, {
      store: {
        ...store,
        put: async (id: string, text: string) => {
          await store.put(id, text);
          if (!isFirst || !id.includes('-roll-1-precompute-')) return;
          isFirst = false;
          await begin({ to: '2022-01-02', mode: 'all', phases: ['analytics'] });
          await world().step();
          await world().step();
        },
      },
    });
    await run({ mode: 'all' });
    expect(isFirst).toBe(false);
    expect(world().failures).toEqual([
      expect.objectContaining({
        kind: 'unavailable',
        message: expect.stringContaining('they are judged again'),
      }),
    ]);
    expect(await shown()).toEqual([['2022-01-01..2022-01-10'], []]);
  });

  it('see no day that a job of another live run may still change, however good it is now', async () => {
    await openPublished();
    const { jobs } = world().world;
    const { launch } = jobs;
    const held: Parameters<typeof launch>[0][] = [];
    jobs.launch = async (asked) => {
      if (asked.days[0]?.from !== '2022-01-01') return launch(asked);
      held.push(asked);
      return { execution: 'held' };
    };
    await run({ to: '2022-01-02', mode: 'all', phases: ['analytics'] });
    expect(held).toHaveLength(1);
    await run({ from: '2022-01-05', mode: 'all' });
    const later = (await world().states()).find(({ request }) => request.from === '2022-01-05');
    expect(later?.status).toBe('passed');
    expect(await shown()).toEqual([['2022-01-03..2022-01-10'], []]);
    for (const each of held) await launch(each);
    await stepToTheEnd();
    expect((await shown())[0]).toEqual(['2022-01-01..2022-01-10']);
  });
});
