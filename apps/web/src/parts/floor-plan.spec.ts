import { firstOf, keepInside, MAX_ZOOM, neighbour, overlaps, snap, zoomAt } from './floor-plan';

const hall = { x: 0, y: 0, width: 400, height: 300 };
const booth = (x: number, y: number) => ({ x, y, width: 30, height: 20 });

describe('floor plan', () => {
  it('snaps to half a metre and keeps a booth inside its room', () => {
    expect(snap(booth(12, 18), hall)).toEqual(booth(10, 20));
    expect(snap(booth(-40, 999), hall)).toEqual(booth(0, 280));
    expect(snap(booth(395, 10), { x: 100, y: 0, width: 200, height: 100 })).toEqual(booth(270, 10));
  });
  it('goes to the nearest booth in the arrow’s direction, the straight one before the slanting one', () => {
    const all = [booth(0, 0), booth(50, 0), booth(40, 60), booth(0, 60)];
    expect(neighbour(all, all[0], 'ArrowRight')).toBe(all[1]);
    expect(neighbour(all, all[0], 'ArrowDown')).toBe(all[3]);
    expect(neighbour(all, all[0], 'ArrowUp')).toBeUndefined();
    expect(neighbour(all, all[2], 'ArrowUp')).toBe(all[1]);
  });
  it('always has one booth for Tab', () => {
    const all = [{ id: 'a' }, { id: 'b' }];
    expect(firstOf(all, undefined, null, '')).toBe('a');
    expect(firstOf(all, 'removed', null, 'b')).toBe('b');
    expect(firstOf([], 'a')).toBeUndefined();
  });
  it('knows overlap from touching', () => {
    expect(overlaps(booth(0, 0), booth(30, 0))).toBe(false);
    expect(overlaps(booth(0, 0), booth(29, 19))).toBe(true);
  });
  it('keeps the point under the fingers and stays on the plan', () => {
    const at = { x: 100, y: 60 };
    const near = zoomAt({ x: 0, y: 0, scale: 1 }, 2, at, hall);
    expect(near).toEqual({ scale: 2, x: 50, y: 30 });
    expect((at.x - near.x) * near.scale).toBe(100);
    expect(zoomAt(near, 99, at, hall).scale).toBe(MAX_ZOOM);
    expect(zoomAt(near, 0.01, at, hall)).toEqual({ scale: 1, x: 0, y: 0 });
    expect(keepInside({ x: 999, y: -5, scale: 2 }, hall)).toEqual({ x: 200, y: 0, scale: 2 });
  });
});
