import { gridJson } from '../core/view/grid-json.ts';
import { forPeople, ok, type Route } from './api-route.ts';
import { seasonsOf } from './pages/seasons-of-place.ts';

/** What became of every expected day, as the page has it. */
export const GRID_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/v1\/grid$/,
    right: 'mayRead',
    answer: forPeople(async (place) => {
      const looks = await seasonsOf(place);
      const seasons = looks.map(({ range, read }) =>
        'value' in read ? { range, grid: read.value } : { range, trouble: read.trouble },
      );
      return ok(gridJson(seasons));
    }),
  },
];
