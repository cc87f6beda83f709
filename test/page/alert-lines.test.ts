import { expect, it } from 'vitest';
import { pageLink } from '../../shared/adapters/channels/alert-links.ts';
import { logChannel } from '../../shared/adapters/gcp/log-channel.ts';
import { localNotifier } from '../../shared/adapters/local/local-notifier.ts';
import { sqliteAlertMemory } from '../../shared/adapters/local/sqlite-alert-memory.ts';
import { openStateFile } from '../../shared/adapters/local/sqlite-file.ts';
import { RUN } from '../core/build.ts';
import { emptyDirectory } from '../e2e/phasegate.ts';
import { AT, alertOf } from '../fixtures/people.ts';

it.each([
  [null, 'phase analytics is blocked'],
  ['http://127.0.0.1:7801', `phase analytics is blocked\npage: http://127.0.0.1:7801/runs/${RUN}`],
])(
  'the console of a world whose page is at %s says so in a line of each alert, or nothing',
  async (page, said) => {
    const heard: string[] = [];
    const db = openStateFile(':memory:');
    const notifier = localNotifier({
      directory: emptyDirectory(),
      environment: {},
      rules: null,
      memory: sqliteAlertMemory(db),
      now: () => AT,
      onPage: (text) => void heard.push(text),
      page: () => page,
    });
    await notifier.tell(alertOf({ run: RUN }));
    expect(heard).toEqual([said]);
    db.close();
  },
);

it('an alert in the log of the cloud names its view as well', async () => {
  const entries: unknown[] = [];
  const channel = logChannel(
    (...entry) => void entries.push(entry[2]),
    pageLink('https://p.example'),
  );
  await channel.say(alertOf({ key: 'monitor/daily/x/new/1' }));
  expect(entries).toEqual(['phase analytics is blocked\npage: https://p.example/monitors/daily']);
});
