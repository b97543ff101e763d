/** The curve of a day as ECharts draws it. Pure: numbers, words and colours in, an option out. */
import type { ArrivalPoint } from '#libs/contracts';
import { crowdThresholds } from '#libs/contracts';

export interface CurveWords { approved: string; near: string; busy: string; arrivals: string; clock: (at: number) => string; count: (n: number) => string }
export interface CurveColours { line: string; busy: string; near: string; lock: string; ink: string; grid: string; soft: string; font: string }
export interface CurveInput { points: readonly ArrivalPoint[]; approved: number; /** From when on a gate is missing, epoch ms; null: all are there. */ missingFrom: number | null; words: CurveWords; colours: CurveColours }

const MINUTE = 60_000;

/** Splits the curve where a source went missing; both parts hold the point at which they meet. */
export function split(points: readonly ArrivalPoint[], missingFrom: number | null): { known: [number, number][]; unsure: [number, number][] } {
  const all = points.map(({ minute, inside }): [number, number] => [Date.parse(minute), inside]);
  if (missingFrom === null) return { known: all, unsure: [] };
  const cut = all.findIndex(([at]) => at + MINUTE > missingFrom);
  if (cut === -1) return { known: all, unsure: [] };
  return { known: all.slice(0, cut + 1), unsure: all.slice(cut) };
}

/** A round number at or above `n` for the end of an axis, whose quarters are whole: half a person is not written. */
export function roundUp(n: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, n))));
  const end = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find(one => one * step >= n) ?? 10;
  return Math.max(4, Math.ceil(end * step / 4) * 4);
}

export function curveOption({ points, approved, missingFrom, words, colours }: CurveInput) {
  const { known, unsure } = split(points, missingFrom);
  const bars = points.map(({ minute, entered }): [number, number] => [Date.parse(minute), entered]);
  const [from, to] = [bars[0][0], bars[bars.length - 1][0]];
  const now = [...known, ...unsure].pop()!;
  const end = Math.max(to, from + 10 * MINUTE);
  const late = now[0] > from + (end - from) * 0.6;
  const text = { fontFamily: colours.font, fontSize: 13, color: colours.ink };
  const threshold = (share: number, name: string, color: string, dashed: boolean, position: string) => ({
    yAxis: Math.ceil(approved * share), lineStyle: { color, type: dashed ? 'dashed' : 'solid', width: 1.5 }, label: { show: true, formatter: name, position, color, fontWeight: 700, fontSize: 13, fontFamily: colours.font },
  });
  const lines = approved > 0 ? [
    threshold(crowdThresholds.lock, words.approved, colours.lock, false, 'insideStartTop'),
    // At its end the line's word would stand on the newest number once the hall fills.
    threshold(crowdThresholds.near, words.near, colours.near, true, late && now[1] > approved * 0.7 ? 'insideMiddleBottom' : 'insideEndBottom'),
    threshold(crowdThresholds.busy, words.busy, colours.busy, true, 'insideStartBottom'),
  ] : [];
  const xAxis = (gridIndex: number, labels: boolean) => ({
    gridIndex, type: 'time' as const, min: from, max: end, splitLine: { show: false }, axisTick: { show: labels }, minInterval: MINUTE, splitNumber: 4,
    axisLine: { lineStyle: { color: colours.soft } }, axisLabel: { ...text, show: labels, hideOverlap: true, formatter: words.clock },
  });
  const yAxis = (gridIndex: number, max: number, splits: number) => ({
    gridIndex, type: 'value' as const, min: 0, max, interval: max / splits, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...text, formatter: words.count }, splitLine: { lineStyle: { color: colours.grid } },
  });
  const most = roundUp(Math.max(approved * 1.04, ...points.map(({ inside }) => inside)));
  const line = { type: 'line' as const, symbol: 'none', smooth: false, animation: false, silent: true, xAxisIndex: 0, yAxisIndex: 0 };
  return {
    animation: false,
    grid: [{ left: 52, right: 14, top: 14, bottom: 104 }, { left: 52, right: 14, height: 40, bottom: 26 }],
    xAxis: [xAxis(0, false), xAxis(1, true)],
    yAxis: [yAxis(0, most, 4), { ...yAxis(1, Math.max(4, ...bars.map(([, n]) => n)), 1), name: words.arrivals, nameLocation: 'end' as const, nameGap: 8, nameTextStyle: { ...text, align: 'left' as const, padding: [0, 0, 0, -46] } }],
    series: [
      { ...line, data: known, lineStyle: { color: colours.line, width: 2.5 }, markLine: { symbol: 'none', animation: false, silent: true, data: lines } },
      { ...line, data: unsure, lineStyle: { color: colours.line, width: 2.5, type: [4, 5] as [number, number] } },
      { type: 'scatter' as const, silent: true, animation: false, data: [now], symbolSize: 9, itemStyle: { color: colours.line }, label: { show: true, formatter: words.count(now[1]), position: late ? 'left' as const : 'right' as const, offset: [0, 12], fontFamily: '"Fairwind Num"', fontWeight: 600, fontSize: 17, color: colours.ink, textBorderColor: '#fff', textBorderWidth: 3 } },
      { type: 'bar' as const, silent: true, animation: false, xAxisIndex: 1, yAxisIndex: 1, data: bars, barMinWidth: 1, barMaxWidth: 8, itemStyle: { color: colours.line } },
    ],
  };
}
