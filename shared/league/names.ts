import type { Random } from './random.ts';

const GIVEN_STARTS = 'Jor Mal Tev Dar Kel Zan Ral Bren Cor Ost Vin Lam Quen Sav Ter Ni'.split(' ');
const GIVEN_ENDS = 'ik en an oris ell ius amo rick vaughn édo'.split(' ');
const FAMILY_STARTS =
  "Hal Wex Mor Tren Bal Quar Sol Van Grim Pem Lar Ash Dun Fen Kro Lin Ors Pras Rud Stav Mc O'".split(
    ' ',
  );
const FAMILY_ENDS = 'den wick more lett by ström aga ović ford rell ley ton ério quist'.split(' ');

export type PlayerName = Readonly<{
  full: string;
  /** Lower case, accents stripped, letters and digits only. */
  lookup: string;
}>;

/** Names nobody bears, with accents, apostrophes and a few `Jr.`; no two share a lookup. */
export function nameSource(random: Random): () => PlayerName {
  const taken = new Set<string>();
  const next = (): PlayerName => {
    const given = random.pick(GIVEN_STARTS) + random.pick(GIVEN_ENDS);
    const family = capitalised(random.pick(FAMILY_STARTS), random.pick(FAMILY_ENDS));
    const full = `${given} ${family}${random.chance(0.03) ? ' Jr.' : ''}`;
    const lookup = lookupOf(full);
    if (taken.has(lookup)) return next();
    taken.add(lookup);
    return { full, lookup };
  };
  return next;
}

export function lookupOf(fullName: string): string {
  return fullName
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function capitalised(start: string, end: string): string {
  const rest = start === 'Mc' || start === "O'" ? end[0]!.toUpperCase() + end.slice(1) : end;
  return start + rest;
}
