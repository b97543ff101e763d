import { leastLoaded, routerFor } from './placing.rules.js';

const routers = (...loads: number[]) => loads.map((load) => ({ load }));

it('fills the fullest router that has room', () => {
  const [low, high, full] = routers(3, 7, 9) as [{ load: number }, { load: number }, { load: number }];
  expect(routerFor([low, high, full], 2, 10)).toBe(high);
  expect(routerFor([high, full], 4, 10)).toBeUndefined();
});

it('gives an empty router to whoever needs more than a router should carry', () => {
  expect(routerFor(routers(0), 5, 4)).toEqual({ load: 0 });
});

it('finds the least loaded worker', () => {
  expect(leastLoaded(routers(4, 1, 1))).toEqual({ load: 1 });
  expect(leastLoaded([])).toBeUndefined();
});
