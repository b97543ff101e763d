import { received, stepOf, type Track } from './received.rules.js';

const sound: Track = { kind: 'audio', sizes: 1, size: null };
const camera = (size: number | null, sizes = 3): Track => ({ kind: 'video', sizes, size });
const screen: Track = { kind: 'video', sizes: 1, size: null };

describe('what somebody is sent', () => {
  it('is called by the size among those that are published', () => {
    expect([stepOf([camera(2), sound]), stepOf([camera(1), sound]), stepOf([camera(0), sound])]).toEqual(['high', 'middle', 'low']);
    expect([stepOf([camera(1, 2)]), stepOf([camera(0, 2)]), stepOf([screen])]).toEqual(['high', 'low', 'high']);
  });
  it('is sound where no size of the picture gets through, and nothing where nothing does', () => {
    expect([stepOf([camera(null), sound]), stepOf([sound]), stepOf([camera(null)]), stepOf([])]).toEqual(['sound', 'sound', null, null]);
  });
  it('is the best of several pictures', () => expect(stepOf([camera(0), screen, sound])).toBe('high'));
});

it('counts people: two pages are one person, with the better; who gets nothing yet is not counted', () => {
  const lines = [['a', camera(0)], ['a', camera(2)], ['b', camera(1)], ['c', sound], ['c', camera(0)], ['d', sound], ['e', camera(null)]] as const;
  expect(received(lines.map(([personKey, track]) => ({ personKey, tracks: [track] })))).toEqual({ high: 1, middle: 1, low: 1, sound: 1 });
  expect(received([])).toEqual({ high: 0, middle: 0, low: 0, sound: 0 });
});
