/** A side of a game. Exhibition sides have no roster. */
export type Team = Readonly<{ id: number; tricode: string; name: string }>;

const NICKNAMES = {
  ATL: 'Hawks',
  BOS: 'Celtics',
  CLE: 'Cavaliers',
  NOP: 'Pelicans',
  CHI: 'Bulls',
  DAL: 'Mavericks',
  DEN: 'Nuggets',
  GSW: 'Warriors',
  HOU: 'Rockets',
  LAC: 'Clippers',
  LAL: 'Lakers',
  MIA: 'Heat',
  MIL: 'Bucks',
  MIN: 'Timberwolves',
  BKN: 'Nets',
  NYK: 'Knicks',
  ORL: 'Magic',
  IND: 'Pacers',
  PHI: '76ers',
  PHX: 'Suns',
  POR: 'Trail Blazers',
  SAC: 'Kings',
  SAS: 'Spurs',
  OKC: 'Thunder',
  TOR: 'Raptors',
  UTA: 'Jazz',
  MEM: 'Grizzlies',
  WAS: 'Wizards',
  DET: 'Pistons',
  CHA: 'Hornets',
} as const;

/** Thirty; a smaller league takes the first ones. Ids are those of the real clubs. */
export const TEAMS: readonly Team[] = Object.entries(NICKNAMES).map(([tricode, name], index) => ({
  id: 1610612737 + index,
  tricode,
  name,
}));

/** Sides of the all-star weekend. They appear in a schedule and nowhere else. */
export const EXHIBITION_SIDES: readonly (readonly [away: Team, home: Team])[] = [
  [
    { id: 1610616850, tricode: 'WOR', name: 'Team Worthy' },
    { id: 1610616849, tricode: 'IAH', name: 'Team Isiah' },
  ],
  [
    { id: 1610616833, tricode: 'DRT', name: 'Team Durant' },
    { id: 1610616834, tricode: 'LBN', name: 'Team LeBron' },
  ],
];
