/**
 * Other people's programs: a WHIP client and a WHEP client that are not ours (npm's whip-whep), and hls.js, in Chromium with its
 * fake camera, on a page of another origin.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PublishingStats } from '#libs/contracts';
import type { Browser, Page } from 'playwright-core';
import { newId } from '../../libs/platform/src/index.js';
import { Recordings, Rooms } from '../../libs/rooms/src/index.js';
import { LiveRooms } from '../../apps/media/src/live-rooms.js';
import { MediaModule } from '../../apps/media/src/media.module.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { anyAutoplay, fakeDevices, launchChromium } from '../support/chromium.js';
import { MediaLine } from '../support/media-line.js';
import { itInLong } from '../support/runs.js';
import { eventually } from '../support/world.js';

const files: Record<string, string> = { '/whip.js': 'whip-whep/whip.js', '/whep.js': 'whip-whep/whep.js', '/hls.js': 'hls.js/dist/hls.min.js' };
const page = `<!doctype html><meta charset="utf-8"><title>elsewhere</title><script src="/hls.js"></script><script type="module">
import { WHIPClient } from '/whip.js'; import { WHEPClient } from '/whep.js';
let whip, sending, whep;
const video = () => document.body.appendChild(Object.assign(document.createElement('video'), { muted: true, autoplay: true, playsInline: true }));
window.publish = async (url, key, codec, sizes) => {
  sending = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: sizes ? { width: 1280, height: 720 } : { width: 640, height: 360 } });
  for (const track of media.getTracks()) {
    const layers = track.kind === 'video' && sizes ? { sendEncodings: [4, 2, 1].map((scaleResolutionDownBy, n) => ({ rid: 'r' + n, scaleResolutionDownBy })) } : {};
    const line = sending.addTransceiver(track, { direction: 'sendonly', streams: [media], ...layers });
    if (track.kind === 'video' && codec) line.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter(({ mimeType }) => mimeType === codec));
  }
  whip = new WHIPClient();
  await whip.publish(sending, url, key);
};
// By hand: with more than one candidate in the answer, the client writes an SDP that no browser reads.
window.restart = async () => {
  const offer = await sending.createOffer({ iceRestart: true });
  await sending.setLocalDescription(offer);
  const said = (name, sdp) => new RegExp('a=' + name + ':(.*)\\r\\n').exec(sdp)[1];
  const body = ['ice-ufrag', 'ice-pwd'].map((name) => 'a=' + name + ':' + said(name, offer.sdp) + '\\r\\n').join('');
  const headers = { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*', Authorization: 'Bearer ' + whip.token };
  const answer = await fetch(whip.resourceURL, { method: 'PATCH', body, headers });
  if (answer.status !== 200) throw new Error('restart: ' + answer.status);
  const theirs = await answer.text();
  Object.assign(whip, { etag: answer.headers.get('etag'), iceUsername: said('ice-ufrag', offer.sdp), icePassword: said('ice-pwd', offer.sdp) });
  let { sdp } = sending.remoteDescription;
  for (const name of ['ice-ufrag', 'ice-pwd']) sdp = sdp.replaceAll('a=' + name + ':' + said(name, sdp), 'a=' + name + ':' + said(name, theirs));
  await sending.setRemoteDescription({ type: 'answer', sdp });
};
window.connection = () => sending.connectionState;
window.stop = () => whip.stop();
window.drop = () => { sending.close(); whip = null; };
window.watch = async (url) => {
  const receiving = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  for (const kind of ['audio', 'video']) receiving.addTransceiver(kind, { direction: 'recvonly' });
  const stream = new MediaStream(), element = video();
  receiving.ontrack = ({ track }) => { stream.addTrack(track); element.srcObject = stream; };
  whep = new WHEPClient();
  await whep.view(receiving, url);
  window.watched = async () => {
    const reports = [...(await receiving.getStats()).values()].filter(({ type }) => type === 'inbound-rtp');
    return { frames: reports.find(({ kind }) => kind === 'video')?.framesDecoded ?? 0, samples: reports.find(({ kind }) => kind === 'audio')?.totalSamplesReceived ?? 0 };
  };
};
window.play = (url) => {
  const element = video(), hls = new Hls({ lowLatencyMode: false });
  const faults = [];
  hls.on(Hls.Events.ERROR, (_, { fatal, details, reason }) => { if (fatal) faults.push(details + ' ' + reason); });
  hls.loadSource(url); hls.attachMedia(element);
  window.played = () => ({ frames: element.getVideoPlaybackQuality().totalVideoFrames, time: element.currentTime, width: element.videoWidth, duration: element.duration, ended: element.ended, faults });
  window.hurry = (rate) => { element.playbackRate = rate; };
};
window.ready = true;
</script>`;

interface Played { frames: number; time: number; width: number; duration: number; ended: boolean; faults: string[] }

let media: TestApplication;
let elsewhere: Server;
let browser: Browser;
let origin: string;
const get = <T>(type: new (...parts: never[]) => T): T => media.app.get(type, { strict: false });

beforeAll(async () => {
  media = await testApplication({ imports: [MediaModule] }, { mediaPort: 0, mediaWorkers: 1 });
  await eventually('workers', async () => (await get(Rooms).readiness()).state === 'ready', 20_000);
  elsewhere = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.setHeader('Content-Type', file ? 'text/javascript' : 'text/html').end(file ? readFileSync(`node_modules/${file}`) : page);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  browser = await launchChromium([...fakeDevices, anyAutoplay]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  elsewhere?.close();
  await media?.close();
}, 30_000);

/** A public room that is recorded, with a key. */
async function room(): Promise<{ id: string; key: string }> {
  return media.database.transaction(async (tx) => {
    const { id } = await get(Rooms).open(tx, { kind: 'broadcast', ownerId: newId(), scope: { kind: 'fair', id: newId() }, isPublic: true });
    await get(Rooms).setRecording(tx, id, true);
    return { id, key: await get(Rooms).makeKey(tx, id, newId()) };
  });
}
async function open(): Promise<Page> {
  const opened = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
  opened.on('pageerror', (error) => console.error(error.message));
  await opened.goto(origin);
  await opened.waitForFunction('window.ready');
  return opened;
}
const call = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression);
const publish = (page: Page, { id, key }: { id: string; key: string }, codec = '', sizes = false) => call(page, `publish(${JSON.stringify(`${media.url}/media/whip/${id}`)}, ${JSON.stringify(key)}, ${JSON.stringify(codec)}, ${sizes})`);
const connected = (page: Page) => eventually('the line', async () => (await call<string>(page, 'connection()')) === 'connected', 15_000);
const playedPast = (page: Page, frames: number) => eventually(`${frames} frames`, async () => {
  const seen = await call<Played>(page, 'played()');
  if (seen.faults.length > 0) throw new Error(seen.faults.join());
  return seen.frames >= frames && seen;
}, 40_000);

it('publishes by WHIP, is watched by WHEP and by HLS, and is there again as a replay', async () => {
  const where = await room();
  const studio = await open();
  await publish(studio, where);
  await connected(studio);
  const viewer = await open();
  await call(viewer, `watch(${JSON.stringify(`${media.url}/media/whep/${where.id}`)})`);
  const seen = await eventually('decoded frames and sound', async () => {
    const watched = await call<{ frames: number; samples: number }>(viewer, 'watched()');
    return watched.frames > 30 && watched.samples > 48_000 && watched;
  }, 20_000);
  expect(seen.frames).toBeGreaterThan(30);

  const crowd = await open();
  await eventually('a playlist', async () => (await fetch(`${media.url}/media/hls/${where.id}/live.m3u8`)).ok, 20_000);
  await call(crowd, `play(${JSON.stringify(`${media.url}/media/hls/${where.id}/live.m3u8`)})`);
  expect((await playedPast(crowd, 60)).width).toBeGreaterThan(0);

  // ICE restart by PATCH: the line goes on.
  await call(studio, 'restart()');
  const before = await call<{ frames: number }>(viewer, 'watched()');
  await eventually('frames after the restart', async () => (await call<{ frames: number }>(viewer, 'watched()')).frames > before.frames + 20, 15_000);

  await call(studio, 'stop()');
  await eventually('everybody gone', () => get(LiveRooms).find(where.id)?.producers().length === 0);
  await media.database.transaction((tx) => get(Rooms).setRecording(tx, where.id, false));
  const recording = await eventually('the end', async () => (await get(Recordings).ofRoom(where.id)).find(({ endedAt }) => endedAt !== null), 15_000);
  const again = await open();
  await call(again, `play(${JSON.stringify(`${media.url}/media/hls/${recording.id}/replay.m3u8`)})`);
  const replay = await playedPast(again, 40);
  expect(Math.abs(replay.duration - recording.duration / 1_000)).toBeLessThan(1); // a segment: the player counts to its last picture's end
}, 120_000);

itInLong('goes on with the same recording when its publisher drops and comes back, with VP8 too', async () => {
  const where = await room();
  const studio = await open();
  await publish(studio, where, 'video/VP8');
  const recording = await eventually('a recording', () => get(Recordings).current(where.id), 20_000);
  const count = async () => (await get(Recordings).segments(recording.id)).length;
  await eventually('segments', async () => (await count()) >= 3, 40_000);
  await call(studio, 'drop()');
  await publish(studio, where, 'video/H264');
  await connected(studio);
  await eventually('a discontinuity', async () => (await get(Recordings).segments(recording.id)).filter(({ discontinuity }) => discontinuity).length > 0, 40_000);
  const before = await count();
  await eventually('more segments', async () => (await count()) >= before + 3, 40_000);
  await media.database.transaction((tx) => get(Rooms).close(tx, where.id));
  await eventually('the end', async () => (await get(Recordings).find(recording.id))?.endedAt, 15_000);
  expect(await get(Recordings).ofRoom(where.id)).toHaveLength(1);
  const viewer = await open();
  await call(viewer, `play(${JSON.stringify(`${media.url}/media/hls/${recording.id}/replay.m3u8`)})`);
  await playedPast(viewer, 20);
  await call(viewer, 'hurry(4)');
  await eventually('the end of the replay, across the discontinuity', async () => {
    const { ended, faults } = await call<Played>(viewer, 'played()');
    if (faults.length > 0) throw new Error(faults.join());
    return ended;
  }, 60_000);
}, 180_000);

itInLong('a turned key ends its session', async () => {
  const where = await room();
  const studio = await open();
  await publish(studio, where);
  await connected(studio);
  await media.database.transaction((tx) => get(Rooms).revokeKeys(tx, where.id));
  await eventually('the end', () => get(LiveRooms).find(where.id)!.peers.size === 0);
  await expect(publish(await open(), where)).rejects.toThrow('401');
}, 60_000);

itInLong('tells a host which size players get, also through a pipe', async () => {
  const where = await room();
  const studio = await open();
  await publish(studio, where, 'video/VP8', true);
  await connected(studio);
  const host = await MediaLine.enter(await get(Rooms).pass(where.id, { personKey: `account:${newId()}`, name: '林人事', role: 'host', sources: [] }), media.url);
  try {
    await host.ask('watchPublishing', { on: true });
    const told = (what: string, is: (stats: PublishingStats) => boolean) => eventually(what, () => {
      const stats = host.all('publishing').at(-1);
      return stats && is(stats) && stats;
    }, 30_000);
    await told('three sizes', ({ producers }) => producers.some(({ layers }) => layers.length === 3 && layers.every(({ bitrate }) => bitrate > 0)));
    expect(host.all('publishing').at(-1)!.received).toEqual({ high: 0, middle: 0, low: 0, sound: 0 });
    await call(await open(), `watch(${JSON.stringify(`${media.url}/media/whep/${where.id}`)})`);
    await told('the whole picture', ({ received }) => received.high === 1);
    const live = get(LiveRooms).find(where.id)!;
    expect(live.sfu.load().routers).toBe(2); // a player numbers its codecs itself: it has a router of its kind, fed by a pipe
    const [player] = [...live.peers.values()].filter(({ role }) => role === 'viewer');
    await player!.consumers().find(({ kind }) => kind === 'video')!.setPreferredLayers({ spatialLayer: 0 });
    const { received } = await told('the smallest', (stats) => stats.received.low === 1);
    expect(received).toEqual({ high: 0, middle: 0, low: 1, sound: 0 });
  } finally {
    host.close();
  }
}, 90_000);
