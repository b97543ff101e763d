/** The floor: mediasoup and mediasoup-client with nothing around them, one room, one page. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWorker, type types } from 'mediasoup';
import { build } from 'vite';

const page = '<!doctype html><meta charset="utf-8"><title>bare</title><button id="join">join</button><video id="video" autoplay playsinline muted></video><script type="module" src="/bare.js"></script>';
const script = `
import { Device } from 'mediasoup-client';
const ask = (name, body = {}) => fetch('/rpc/' + name, { method: 'POST', body: JSON.stringify(body) }).then((answer) => answer.json());
const device = await Device.factory();
await device.load({ routerRtpCapabilities: await ask('capabilities') });
async function open(direction) {
  const given = await ask('transport');
  const transport = direction === 'send' ? device.createSendTransport(given) : device.createRecvTransport(given);
  transport.on('connect', ({ dtlsParameters }, done, fail) => ask('connect', { id: transport.id, dtlsParameters }).then(() => done(), fail));
  transport.on('produce', ({ kind, rtpParameters }, done, fail) => ask('produce', { id: transport.id, kind, rtpParameters }).then(done, fail));
  return transport;
}
window.publish = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  const transport = await open('send');
  await transport.produce({ track: stream.getVideoTracks()[0], encodings: [4, 2, 1].map((scaleResolutionDownBy, n) => ({ rid: 'r' + n, scaleResolutionDownBy, maxBitrate: [132000, 432000, 1200000][n], scalabilityMode: 'L1T2' })), codecOptions: { videoGoogleStartBitrate: 800 } });
  await transport.produce({ track: stream.getAudioTracks()[0] });
};
window.join = async () => {
  const transport = await open('receive');
  const given = await ask('consume', { id: transport.id, rtpCapabilities: device.recvRtpCapabilities });
  const consumers = await Promise.all(given.map((one) => transport.consume({ ...one, streamId: 'one' })));
  const video = document.getElementById('video');
  video.srcObject = new MediaStream(consumers.map(({ track }) => track));
  await ask('resume', { ids: given.map(({ id }) => id) });
};
document.getElementById('join').onclick = () => void window.join();
window.ready = true;
document.getElementById('join').dataset.ready = 'yes';
if (location.hash === '#join') void window.join();
`;

async function bundled(): Promise<string> {
  const name = '\0bare';
  const out = await build({
    configFile: false, logLevel: 'error', root: process.cwd(),
    plugins: [{ name: 'bare', resolveId: (id) => (id === 'bare' ? name : null), load: (id) => (id === name ? script : null) }],
    build: { write: false, target: 'es2022', rolldownOptions: { input: 'bare' } },
  }) as unknown as { output: { type: string; code?: string; isEntry?: boolean }[] };
  const made = (Array.isArray(out) ? out[0] as typeof out : out).output;
  const entry = made.find(({ isEntry }) => isEntry);
  if (!entry?.code || made.filter(({ type }) => type === 'chunk').length > 1) throw new Error('The bare page is not one script.');
  return entry.code;
}

/** @returns where its page is */
export async function startBare(): Promise<{ url: string; close(): Promise<void> }> {
  const code = await bundled();
  const worker = await createWorker({ logLevel: 'error' });
  const webRtcServer = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }, { protocol: 'tcp', ip: '127.0.0.1' }] });
  const router = await worker.createRouter({ mediaCodecs: [
    { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
    { kind: 'video', mimeType: 'video/H264', clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 } },
  ] });
  const transports = new Map<string, types.WebRtcTransport>();
  const consumers = new Map<string, types.Consumer>();
  const producers: types.Producer[] = [];
  interface Asked { id: string; ids: string[]; dtlsParameters: types.DtlsParameters; kind: types.MediaKind; rtpParameters: types.RtpParameters; rtpCapabilities: types.RtpCapabilities }
  const answers: Record<string, (asked: Asked) => Promise<unknown>> = {
    capabilities: async () => router.rtpCapabilities,
    async transport() {
      const made = await router.createWebRtcTransport({ webRtcServer, initialAvailableOutgoingBitrate: 1_000_000 });
      transports.set(made.id, made);
      // Who has left is sent nothing more.
      made.on('dtlsstatechange', (state) => { if (state === 'closed') made.close(); });
      made.on('icestatechange', (state) => { if (state === 'disconnected') made.close(); });
      return { id: made.id, iceParameters: made.iceParameters, iceCandidates: made.iceCandidates, dtlsParameters: made.dtlsParameters };
    },
    connect: async ({ id, dtlsParameters }) => transports.get(id)!.connect({ dtlsParameters }),
    async produce({ id, kind, rtpParameters }) {
      const made = await transports.get(id)!.produce({ kind, rtpParameters });
      producers.push(made);
      return { id: made.id };
    },
    consume: async ({ id, rtpCapabilities }) => Promise.all(producers.map(async ({ id: producerId }) => {
      const made = await transports.get(id)!.consume({ producerId, rtpCapabilities, paused: true });
      consumers.set(made.id, made);
      return { id: made.id, producerId, kind: made.kind, rtpParameters: made.rtpParameters };
    })),
    leave: async ({ id }) => transports.get(id)?.close(),
    resume: async ({ ids }) => Promise.all(ids.map((id) => consumers.get(id)!.resume())),
  };
  const server: Server = createServer((request, response) => {
    const name = /^\/rpc\/(\w+)$/.exec(request.url ?? '')?.[1];
    if (!name) return void response.writeHead(200, { 'Content-Type': request.url === '/bare.js' ? 'text/javascript' : 'text/html' }).end(request.url === '/bare.js' ? code : page);
    let body = '';
    request.on('data', (part: Buffer) => { body += part.toString(); }).on('end', () => {
      answers[name]!(JSON.parse(body || '{}') as Asked).then((answer) => response.end(JSON.stringify(answer ?? null)), (error: unknown) => response.writeHead(500).end(String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      worker.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
