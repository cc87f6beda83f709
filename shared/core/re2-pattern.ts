/** Texts so different that a pattern which fits them all tells nothing apart. */
const ANY_TEXTS = ['', ' ', 'a', 'Z', '0', '-', 'é', '20220101_LAL_BOS', 'a b'];

/**
 * Why a text is no useful regular expression of RE2, the syntax of GoogleSQL
 * (https://github.com/google/re2/wiki/Syntax); null when it is one. What RE2 alone can tell, such as
 * the size of a repetition, is left to the warehouse.
 */
export function whyNoPattern(pattern: string): string | null {
  if (/\(\?(<?[=!])/.test(pattern)) return 'looks around, which RE2 cannot';
  if (/(^|[^\\])(\\\\)*\\([1-9]|k<)/.test(pattern)) {
    return 'refers back to a group, which RE2 cannot';
  }
  const [, flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const text = pattern.slice(flags === '' ? 0 : flags.length + 3).replaceAll('(?P<', '(?<');
  let compiled: RegExp;
  try {
    compiled = new RegExp(text, flags);
  } catch {
    return 'is not a regular expression; accepted: RE2, e.g. ^\\d{8}_[A-Z]{3}_[A-Z]{3}$';
  }
  return ANY_TEXTS.every((each) => compiled.test(each))
    ? 'fits every text, so it could never fail; anchor it with ^ and $'
    : null;
}
