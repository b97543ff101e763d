import fc from 'fast-check';
import { alertChanges, alertLevels, type AlertLevel } from './alert.rules.js';

const line: Record<AlertLevel, number> = { busy: 80, near: 95, lock: 100 };
const approvedNumber = fc.integer({ min: 1, max: 5_000 });
const crowd = approvedNumber.chain((approved) => fc.record({ approved: fc.constant(approved), walk: fc.array(fc.integer({ min: 0, max: approved + 3 }), { minLength: 1, maxLength: 60 }) }));

/** Walks through numbers inside and gives, after each, what is open and what has just changed. */
function walked(walk: number[], approved: number) {
  const open = new Set<AlertLevel>();
  return walk.map((inside) => {
    const changes = alertChanges(open, inside, approved);
    changes.raise.forEach((level) => open.add(level));
    changes.clear.forEach((level) => open.delete(level));
    return { inside, ...changes, open: new Set(open) };
  });
}

describe('alerts', () => {
  it.each<[number, number, AlertLevel[]]>([
    [15, 20, []], [16, 20, ['busy']], [18, 20, ['busy']], [19, 20, ['busy', 'near']], [20, 20, ['busy', 'near', 'lock']], [21, 20, ['busy', 'near', 'lock']],
    [0, 0, []], [1, 0, ['busy', 'near', 'lock']], [1, 1, ['busy', 'near', 'lock']],
  ])('%i of %i raises %j', (inside, approved, raise) => {
    expect(alertChanges(new Set(), inside, approved)).toEqual({ raise, clear: [] });
  });

  it('one person at the door does not ring it again and again', () => {
    const steps = walked([799, 800, 799, 800, 799, 800], 1_000);
    expect(steps.flatMap(({ raise }) => raise)).toEqual(['busy']);
    expect(steps.flatMap(({ clear }) => clear)).toEqual([]);
  });

  it('is cleared three points below its line, not a person earlier', () => {
    const open = new Set<AlertLevel>(['busy']);
    expect(alertChanges(open, 771, 1_000).clear).toEqual([]);
    expect(alertChanges(open, 770, 1_000).clear).toEqual(['busy']);
  });

  it('is open whenever its line is reached, and never below it by three points', () => {
    fc.assert(fc.property(crowd, ({ approved, walk }) => {
      for (const { inside, open } of walked(walk, approved)) {
        for (const level of alertLevels) {
          if (inside * 100 >= approved * line[level]) expect(open.has(level)).toBe(true);
          if (inside * 100 <= approved * (line[level] - 3)) expect(open.has(level)).toBe(false);
        }
      }
    }));
  });

  it('is raised only when it is not open, cleared only when it is, and never both at once', () => {
    fc.assert(fc.property(crowd, ({ approved, walk }) => {
      let before = new Set<AlertLevel>();
      for (const { raise, clear, open } of walked(walk, approved)) {
        expect(raise.some((level) => before.has(level))).toBe(false);
        expect(clear.every((level) => before.has(level))).toBe(true);
        expect(raise.filter((level) => clear.includes(level))).toEqual([]);
        before = open;
      }
    }));
  });

  it('rings at most once for each three points of way: hysteresis holds for every walk', () => {
    fc.assert(fc.property(crowd, ({ approved, walk }) => {
      const steps = walked(walk, approved);
      for (const level of alertLevels) {
        let way = 0;
        let last = 0;
        let rings = 0;
        for (const { inside, raise } of steps) {
          way += Math.abs(inside - last);
          last = inside;
          if (raise.includes(level)) rings += 1;
        }
        // After the first, each ring needs a way down and up again of three points at least.
        expect((rings - 1) * 2 * 3 * approved).toBeLessThanOrEqual(way * 100);
      }
    }));
  });
});
