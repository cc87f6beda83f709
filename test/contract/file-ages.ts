import { beforeEach, describe, expect, it } from 'vitest';
import type { FileAges } from '../../shared/ports/file-ages.ts';

/** The bucket `raw` is there, empty; `gone` is not. */
export type FilesPlace = Readonly<{
  files: FileAges;
  /** Puts a file of the bucket `raw` there that was last changed then. */
  put(name: string, content: string, changedAt: string): void;
}>;

const EARLY = '2022-01-05T04:00:00.000Z';
const LATE = '2022-01-06T04:00:00.000Z';

/** What every adapter that tells how old files are must do. Each adapter's test file is one call of this function. */
export function describeFileAges(
  adapter: string,
  open: () => FilesPlace | Promise<FilesPlace>,
): void {
  describe(`file ages: ${adapter}`, () => {
    let place: FilesPlace;
    beforeEach(async () => {
      place = await open();
    });

    it('names the file that changed last, however deep and whatever its name, with its time and size', async () => {
      place.put('box/2022-01-05/zz.json', 'xx', EARLY);
      place.put('box/zz/a/b/game.json', 'xyz', LATE);
      for (const n of [1, 2, 3, 4]) place.put(`box/old-${n}.json`, 'x', EARLY);
      expect(await place.files.newest('gs://raw/box/')).toEqual({
        name: 'gs://raw/box/zz/a/b/game.json',
        changedAt: LATE,
        bytes: 3,
      });
    });

    it('sees the files of its folder, and not those of one whose name begins alike', async () => {
      place.put('box-2/a.json', 'x', LATE);
      place.put('box/a.json', 'x', EARLY);
      expect((await place.files.newest('gs://raw/box/'))?.changedAt).toBe(EARLY);
      expect((await place.files.newest('gs://raw/'))?.changedAt).toBe(LATE);
    });

    it('says that a folder without a file has none', async () => {
      place.put('other/a.json', 'x', LATE);
      expect(await place.files.newest('gs://raw/box/')).toBeNull();
    });

    it('tells an empty file from none', async () => {
      place.put('box/a.json', '', LATE);
      expect(await place.files.newest('gs://raw/box/')).toMatchObject({ bytes: 0 });
    });

    it('says not-found for a bucket that is not there, and never that it is empty', async () => {
      await expect(place.files.newest('gs://gone/box/')).rejects.toMatchObject({
        kind: 'not-found',
        message: expect.stringContaining('gone'),
      });
    });
  });
}
