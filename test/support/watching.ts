/** What a page decodes of pictures and sound. */
import type { Page } from 'playwright-core';
import { eventually } from './world.js';

// What runs inside the page is written as text: the server's types know no browser, and should not.
/** For the page, before anything else: its peer connections stay in `window.connections`. */
export const keepConnections = 'window.connections = []; window.RTCPeerConnection = new Proxy(RTCPeerConnection, { construct(Made, given) { const line = new Made(...given); window.connections.push(line); return line; } });';

/** Pictures decoded so far by each video in `within` that is seen and has something to show. */
export const frames = (page: Page, within: string): Promise<number[]> => page.evaluate<number[]>(`[...document.querySelectorAll(${JSON.stringify(`${within} video`)})]
  .filter((one) => one.offsetParent && (one.srcObject || one.currentSrc)).map((one) => one.getVideoPlaybackQuality().totalVideoFrames)`);

/** Waits until so many pictures move in `within`, and no other is there; null: until one moves, whatever is beside it. */
export const moving = (page: Page, within: string, count: number | null = null, ms = 40_000): Promise<true> => eventually(`${count ?? 'some'} moving pictures in ${within}`, async () => {
  const before = await frames(page, within);
  await new Promise((done) => setTimeout(done, 600));
  const after = await frames(page, within);
  const moved = after.filter((n, at) => n > (before[at] ?? Infinity)).length;
  return count === null ? moved > 0 : moved === count && after.length === count;
}, ms);

/** Energy of each sound that comes over a connection (`keepConnections`), by its own id. */
const sounds = (page: Page): Promise<Record<string, number>> => page.evaluate<Record<string, number>>(`(async () => {
  const sums = {};
  for (const line of window.connections) if (line.connectionState === 'connected') for (const one of (await line.getStats()).values())
    if (one.type === 'inbound-rtp' && one.kind === 'audio') sums[one.id + one.ssrc] = one.packetsReceived > 0 ? one.totalAudioEnergy : 0;
  return sums;
})()`);

/** Waits until so many people are heard: their sound is decoded, and is no silence. */
export const heard = (page: Page, count: number): Promise<true> => eventually(`${count} heard`, async () => {
  const before = await sounds(page);
  await new Promise((done) => setTimeout(done, 1_500));
  const after = await sounds(page);
  return Object.keys(after).filter((key) => after[key]! > (before[key] ?? 0)).length === count;
}, 40_000);
