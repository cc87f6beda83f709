import { PhasegateError } from '../../core/errors.ts';

/** @throws PhasegateError `unavailable` when `who` has not answered in so many milliseconds; what was asked may happen all the same */
export async function inTime<Result>(
  who: string,
  milliseconds: number,
  answer: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const tell = () =>
      reject(new PhasegateError('unavailable', `${who}: no answer in ${milliseconds} ms`));
    timer = setTimeout(tell, milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
