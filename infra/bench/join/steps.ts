/** What the time from a click, or from a navigation, to the first decoded frame is made of. */
import { median } from '../statistics.js';

/** When each step was done, milliseconds of the page's clock; what a page does not do is left out. */
export type Steps = Partial<Record<StepName, number>> & { frame: number };
type StepName = 'click' | 'html' | 'code' | 'asked' | 'pass' | 'line' | 'entered' | 'answer' | 'described' | 'connected' | 'picture' | 'frame';

/** In their order. Those of the room's pass and line are Fairwind's alone. */
const steps: [name: StepName, said: string][] = [
  ['html', 'page there'], ['code', 'last script before the room’s answer there'], ['asked', 'pass asked for'], ['pass', 'pass there'],
  ['line', 'line open'], ['entered', 'in the room'], ['answer', 'transport and tracks there'], ['described', 'described to the browser'],
  ['connected', 'ICE and DTLS connected'], ['picture', 'key frame received'], ['frame', 'first frame decoded'],
];

/** A table for people: medians of when each step was done, after the click or the navigation. */
export function stepTable(title: string, ours: readonly Steps[], floor: readonly Steps[], leaveOut: readonly StepName[] = []): string[] {
  const at = (all: readonly Steps[], name: StepName): string => {
    const times = all.flatMap((one) => (one[name] === undefined ? [] : [one[name] - (one.click ?? 0)]));
    return times.length > 0 ? String(Math.round(median(times))) : '–';
  };
  const rows = steps.filter(([name]) => !leaveOut.includes(name)).map(([name, said]) => `    ${said.padEnd(44)} ${at(ours, name).padStart(6)} ${at(floor, name).padStart(6)}`);
  return [`  ${title.padEnd(46)} ${'ours'.padStart(6)} ${'floor'.padStart(6)}`, ...rows];
}
