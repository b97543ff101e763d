/** An encoder for tests: Chromium's fake camera through a WHIP client that is not ours (npm's whip-whep), on a page of another origin. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { fakeDevices, launchChromium } from './chromium.js';

const page = `<!doctype html><meta charset="utf-8"><title>encoder</title><script type="module">
import { WHIPClient } from '/whip.js';
let client, line;
window.publish = async (url, key, codec) => {
  line = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 360 } });
  for (const track of media.getTracks()) {
    const way = line.addTransceiver(track, { direction: 'sendonly', streams: [media] });
    if (track.kind === 'video') way.setCodecPreferences(RTCRtpSender.getCapabilities('video').codecs.filter(({ mimeType }) => mimeType === codec));
  }
  client = new WHIPClient();
  await client.publish(line, url, key);
};
window.drop = () => line.close();
window.ready = true;
</script>`;

export class Encoder {
  private constructor(private readonly browser: Browser, private readonly server: Server, private readonly page: Page) {}

  static async start(): Promise<Encoder> {
    const server = createServer((request, response) => {
      const script = request.url === '/whip.js';
      response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html').end(script ? readFileSync('node_modules/whip-whep/whip.js') : page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await launchChromium(fakeDevices);
    const opened = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
    await opened.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await opened.waitForFunction('window.ready');
    return new Encoder(browser, server, opened);
  }

  /** Rejects with the status of a refusal. */
  async publish(url: string, key: string, codec: 'video/H264' | 'video/VP8' = 'video/H264'): Promise<void> {
    await this.page.evaluate(`publish(${[url, key, codec].map((word) => JSON.stringify(word)).join()})`);
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
