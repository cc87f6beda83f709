import type { NewestFile } from '../core/monitor/file-findings.ts';

/** Says how old files are, and reads none: Cloud Storage in the cloud, a folder for each bucket on one machine. */
export interface FileAges {
  /**
   * The file below a folder that changed last, however deep; null where there is none.
   *
   * @param folder `gs://BUCKET/`, and names of folders, each with a `/` behind it
   * @throws PhasegateError `not-found` for a bucket that is not there, `invalid-input` where nobody may look or more files lie
   *   than are counted (20,000), `unavailable` for trouble that may pass
   */
  newest(folder: string): Promise<NewestFile | null>;
}

/** More files than these nobody lists for one answer: name a folder of one day. */
export const MOST_FILES = 20_000;
