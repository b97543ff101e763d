import type { ArrivalPoint } from '#libs/contracts';
import { curveOption, roundUp, split, type CurveInput } from './curve-option';

const point = (minute: number, inside: number): ArrivalPoint => ({ minute: `2026-03-07T02:${String(minute).padStart(2, '0')}:00.000Z`, entered: 3, left: 1, inside });
const at = (minute: number) => Date.parse(`2026-03-07T02:${String(minute).padStart(2, '0')}:00.000Z`);
const points = [point(0, 2), point(1, 4), point(2, 6), point(3, 8)];

it('is one whole line while every gate is heard', () => expect(split(points, null)).toEqual({ known: points.map((one, n) => [at(n), one.inside]), unsure: [] }));
it('is dashed from the minute in which a gate fell silent, and the two parts meet', () => {
  const { known, unsure } = split(points, at(2) + 20_000);
  expect(known.map(([when]) => when)).toEqual([at(0), at(1), at(2)]);
  expect(unsure.map(([when]) => when)).toEqual([at(2), at(3)]);
});
it('is dashed as a whole when a gate fell silent before it began', () => expect(split(points, at(0) - 60_000).known).toHaveLength(1));
it('ends its axis on a round number', () => expect([0, 7, 81, 1200, 3744, 10_001].map(roundUp)).toEqual([4, 8, 100, 1200, 4000, 12_000]));
it('writes only whole persons at its quarters', () => expect(Array.from({ length: 400 }, (_, n) => roundUp(n)).filter(end => end % 4)).toEqual([]));

const input: CurveInput = {
  points, approved: 100, missingFrom: null, words: { approved: '核定', near: '95%', busy: '80%', arrivals: '进', clock: String, count: String },
  colours: { line: '#1', busy: '#2', near: '#3', lock: '#4', ink: '#5', grid: '#6', soft: '#7', font: 'f' },
};
it('draws the thresholds as labelled lines, smooths nothing, and none for an online fair', () => {
  const [line] = curveOption(input).series;
  expect((line as { markLine: { data: { yAxis: number }[] } }).markLine.data.map(({ yAxis }) => yAxis)).toEqual([100, 95, 80]);
  expect(line).toMatchObject({ smooth: false });
  expect((curveOption({ ...input, approved: 0 }).series[0] as { markLine: { data: unknown[] } }).markLine.data).toEqual([]);
});
describe('the newest number', () => {
  const drawn = (approved: number, minutes = 20) => {
    const { series } = curveOption({ ...input, approved, points: [...points, point(minutes, 8)] });
    const { markLine } = series[0] as unknown as { markLine: { data: { label: { position: string } }[] } };
    return [markLine.data[1]!.label.position, (series[2] as unknown as { label: { position: string } }).label.position];
  };
  it('has the word of the 95 % line moved away from it once the hall fills', () => {
    expect([drawn(100), drawn(9)]).toEqual([['insideEndBottom', 'left'], ['insideMiddleBottom', 'left']]);
  });
  it('stands beside the line, not on it, while the axis is longer than what is drawn', () => {
    expect(drawn(9, 4)).toEqual(['insideEndBottom', 'right']);
  });
});
