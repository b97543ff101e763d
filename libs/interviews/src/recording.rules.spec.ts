import { deletedOn, recordingRuns } from './recording.rules.js';

const answers = (...all: (boolean | null)[]) => new Map(all.map((yes, n) => [String(n), yes]));

it('runs only while asked for, with a yes of everybody', () => {
  expect(recordingRuns(true, answers(true, true))).toBe(true);
  expect(recordingRuns(false, answers(true, true))).toBe(false);
  for (const all of [answers(true, null), answers(null, true), answers(true, false), answers(true, true, null), answers()]) expect(recordingRuns(true, all)).toBe(false);
});

it('is kept for whole days', () => {
  expect(deletedOn(new Date('2026-03-07T01:00:00Z'), 30)).toEqual(new Date('2026-04-06T01:00:00Z'));
});
