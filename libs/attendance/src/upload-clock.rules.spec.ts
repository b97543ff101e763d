import fc from 'fast-check';
import { placeOf } from './upload-clock.rules.js';

const MINUTE = 60_000;
const start = Date.parse('2026-03-01T01:00:00.000Z');

/** A phone that is off by `off`, decides something, may sleep and have its clock set, before or after, and uploads. All milliseconds. */
interface Story { off: number; setBefore?: number; setAfter?: number; slept?: number; awake: number; rebooted?: boolean; latency?: number }

/** How much later than it happened a record is placed, milliseconds. */
function error({ off, setBefore = 0, setAfter = 0, slept = 0, awake, rebooted = false, latency = 0 }: Story): number {
  const happened = start + 10 * MINUTE;
  const sent = happened + awake + slept;
  const record = { happenedAt: new Date(happened + off + setBefore).toISOString(), offsetMs: -off, agoMs: rebooted ? null : awake };
  const { at } = placeOf(record, { sentAt: new Date(sent + off + setBefore + setAfter), receivedAt: new Date(sent + latency) }, 0);
  return at.getTime() - happened;
}

it('a clock that is put right when the network comes back moves no record', () => {
  expect(error({ off: -30 * MINUTE, setAfter: 30 * MINUTE, awake: 5 * MINUTE })).toBe(0);
  expect(error({ off: 30 * MINUTE, setAfter: -30 * MINUTE, awake: 5 * MINUTE })).toBe(0);
  expect(error({ off: -30 * MINUTE, setAfter: 30 * MINUTE, awake: 5 * MINUTE, slept: 20 * MINUTE })).toBe(0);
});

it('what a phone slept counts, and what its clock was set before does not', () => {
  expect(error({ off: 0, awake: 5 * MINUTE, slept: 20 * MINUTE })).toBe(0);
  expect(error({ off: 90 * MINUTE, setBefore: 30 * MINUTE, awake: 5 * MINUTE })).toBe(0);
  expect(error({ off: 90 * MINUTE, setBefore: -30 * MINUTE, awake: 5 * MINUTE })).toBe(0);
});

it('after a reboot the wall clock counts, by what it was off', () => {
  expect(error({ off: 90 * MINUTE, awake: 5 * MINUTE, rebooted: true })).toBe(0);
});

it('is never in the future, and never before the record before it', () => {
  const at = new Date(start);
  expect(placeOf({ happenedAt: new Date(start + MINUTE).toISOString(), offsetMs: 0, agoMs: null }, { sentAt: at, receivedAt: at }, 0).at).toEqual(at);
  expect(placeOf({ happenedAt: at.toISOString(), offsetMs: 0, agoMs: MINUTE }, { sentAt: at, receivedAt: at }, start * 1_000).order).toBe(start * 1_000 + 1);
});

it('is right within a slow line’s time for any clock, set once or not', () => {
  const ms = (most: number) => fc.integer({ min: -most, max: most });
  const way = fc.constantFrom<'setBefore' | 'setAfter' | null>('setBefore', 'setAfter', null);
  fc.assert(fc.property(ms(1e10), ms(1e9), way, fc.nat(10 * 3_600_000), fc.nat(8_000), (off, set, when, awake, latency) => {
    const moved = error({ off, awake, latency, ...(when && { [when]: set }) });
    // A clock that is set by less than a line can be slow is not told from it.
    expect(Math.abs(moved)).toBeLessThanOrEqual(20_000);
  }), { numRuns: 2_000 });
  // Asleep, too, when the clock was set forward after the record or not at all: as phones do it.
  fc.assert(fc.property(ms(1e10), fc.oneof(fc.constant(0), fc.integer({ min: 20_000, max: 1e9 })), fc.nat(10 * 3_600_000), fc.nat(10 * 3_600_000), (off, setAfter, awake, slept) => {
    expect(Math.abs(error({ off, setAfter, awake, slept }))).toBeLessThanOrEqual(20_000);
  }), { numRuns: 2_000 });
});
