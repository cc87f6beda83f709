import { expect, it } from 'vitest';
import { asOne, inTurn } from '../../shared/shell/in-turn.ts';

it('answers all who ask at one moment by one call, and whoever asks during it by the next one', async () => {
  let calls = 0;
  const ask = asOne(async (key: string) => {
    calls += 1;
    const call = calls;
    await Promise.resolve();
    return `${key}${call}`;
  });
  const early = [ask('a'), ask('a')];
  await Promise.resolve();
  const during = [ask('a'), ask('a')];
  expect(await Promise.all([...early, ...during])).toEqual(['a1', 'a1', 'a2', 'a2']);
  expect(await ask('a')).toBe('a3');
});

it('asks for one key while another one waits for its answer', async () => {
  const ask = asOne((key: string) => (key === 'slow' ? new Promise(() => {}) : Promise.resolve(1)));
  void ask('slow');
  expect(await ask('quick')).toBe(1);
});

it('answers again after a call that failed', async () => {
  let calls = 0;
  const ask = asOne(async (_: string) => {
    calls += 1;
    if (calls === 1) throw new Error('gone');
    return calls;
  });
  await expect(ask('a')).rejects.toThrow('gone');
  expect(await ask('a')).toBe(2);
});

it('begins nothing of a key before what came first has ended, be it badly', async () => {
  const turn = inTurn<string>();
  const heard: string[] = [];
  const work = (name: string, end: () => void) => async () => {
    heard.push(`${name} begins`);
    await Promise.resolve();
    heard.push(`${name} ends`);
    end();
  };
  const fails = turn(
    'a',
    work('one', () => {
      throw new Error('one fails');
    }),
  );
  const goesOn = turn(
    'a',
    work('two', () => undefined),
  );
  await expect(fails).rejects.toThrow('one fails');
  await goesOn;
  expect(heard).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
});
