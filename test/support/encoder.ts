/** An encoder for tests: Chromium's fake camera through a WHIP client that is not ours (npm's whip-whep), on a page of another origin. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { fakeDevices, launchChromium } from './chromium.js';

const page = `<!doctype html><meta charset="utf-8"><title>encoder</title><script type="module">
import { WHIPClient } from '/whip.js';
let client, line;
const only = new URLSearchParams(location.search).get('only');
// Hears nothing of what the line carries or may carry, and sends so much at least. bits a second
const deaf = (sdp, least) => sdp.replace(/^a=rtcp-fb:\\d+ (goog-remb|transport-cc)\\r\\n/gm, '').replace(/^a=extmap:.*(transport-wide-cc|abs-send-time).*\\r\\n/gm, '')
  .replace(/^(a=fmtp:\\d+ .*profile-level-id.*)\\r\\n/gm, '$1;' + ['min', 'start', 'max'].map((word) => 'x-google-' + word + '-bitrate=' + least / 1000).join(';') + '\\r\\n');
// A picture that cannot be made small.
const snow = () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 270 }), brush = canvas.getContext('2d');
  const one = brush.createImageData(canvas.width, canvas.height), bytes = new Uint32Array(one.data.buffer);
  setInterval(() => { for (let n = 0; n < bytes.length; n++) bytes[n] = 0xff000000 | Math.random() * 0xffffff; brush.putImageData(one, 0, 0); }, 66);
  return canvas.captureStream(15).getVideoTracks()[0];
};
window.publish = async (url, key, codec, least) => {
  line = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const set = line.setRemoteDescription.bind(line);
  const told = (sdp) => (only ? sdp.split('\\r\\n').filter((one) => !one.startsWith('a=candidate:') || one.split(' ')[4] === only).join('\\r\\n') : sdp);
  line.setRemoteDescription = ({ type, sdp }) => set({ type, sdp: least ? deaf(told(sdp), least) : told(sdp) });
  const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: least ? false : { width: 640, height: 360 } });
  if (least) media.addTrack(snow());
  for (const track of media.getTracks()) {
    const way = line.addTransceiver(track, { direction: 'sendonly', streams: [media] });
    if (track.kind === 'video') way.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter(({ mimeType }) => mimeType === codec));
  }
  client = new WHIPClient();
  await client.publish(line, url, key);
};
window.drop = () => line.close();
window.lineState = () => line.connectionState;
window.sentBytes = async () => [...(await line.getStats()).values()].find(({ type }) => type === 'transport')?.bytesSent ?? 0;
window.ready = true;
</script>`;

export class Encoder {
  private constructor(private readonly browser: Browser, private readonly server: Server, private readonly page: Page) {}

  /** @param only of the addresses that media announce it is told this one alone */
  static async start({ only }: { only?: string } = {}): Promise<Encoder> {
    const server = createServer((request, response) => {
      const script = request.url === '/whip.js';
      response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html').end(script ? readFileSync('node_modules/whip-whep/whip.js') : page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await launchChromium([...fakeDevices, ...(only ? ['--allow-loopback-in-peer-connection'] : [])]);
    const opened = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
    await opened.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${only ? `?only=${only}` : ''}`);
    await opened.waitForFunction('window.ready');
    return new Encoder(browser, server, opened);
  }

  /**
   * Rejects with the status of a refusal.
   * @param least bits a second (H.264): it hears no advice and sends so much, as far as its picture has it; 0: it adapts, as browsers do
   */
  async publish(url: string, key: string, codec: 'video/H264' | 'video/VP8' = 'video/H264', least = 0): Promise<void> {
    await this.page.evaluate(`publish(${[url, key, codec, least].map((word) => JSON.stringify(word)).join()})`);
  }

  /** WebRTC's word: `connected`, `disconnected`, `closed`… */
  state(): Promise<string> {
    return this.page.evaluate<string>('lineState()');
  }

  /** What it has sent so far, bytes. */
  sent(): Promise<number> {
    return this.page.evaluate<number>('sentBytes()');
  }

  /** The line is cut; nobody says goodbye over HTTP. */
  async drop(): Promise<void> {
    await this.page.evaluate('drop()');
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}
