/**
 * The people who come beside the one who is measured. They do all that a phone asks of the server (pages, passes, facts, signalling,
 * ICE, DTLS, RTP for every track), through the load generator of the sfu benchmark, but decode nothing: nine phones bring their own
 * processors, which this machine would have to be as well.
 */
import { randomUUID } from 'node:crypto';
import { Agent, get } from 'node:http';
import type { types } from 'mediasoup';
import { io, type Socket } from 'socket.io-client';
import { mediaSocketPath, type Ack, type BroadcastPass, type ClientToServer, type ConsumerParameters, type MediaClientToServer, type MediaServerToClient, type RoomEntered, type ServerToClient, type TransportParameters } from '#libs/contracts';
import type { Load } from '../sfu/load.js';
import { connect, dtlsOf } from '../sfu/rtp.js';

/** `link`: by a link, in a browser that has nothing of us; `click`: in a page that is there. */
export type Way = 'click' | 'link';
export type Leave = () => void;
/** Somebody comes with a peer of the load. Resolves once everything is asked for. */
export type Arrive = (load: Load, peer: number, way: Way) => Promise<Leave>;

async function answered<T>(url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text.slice(0, 300)}`);
  return (text ? JSON.parse(text) : null) as T;
}

const CONNECTIONS = 6;

/** A page and what its head names, as a browser without anything kept fetches them; what comes compressed is not unpacked here. */
async function page(url: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const fetched = (address: URL, encodings: string) => new Promise<string>((done, fail) => {
    get(address, { agent, headers: { 'Accept-Encoding': encodings } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).once('end', () => done(Buffer.concat(parts).toString())).once('error', fail);
    }).once('error', fail);
  });
  const html = await fetched(new URL(url), 'identity');
  const files = new Set([...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file!));
  await Promise.all([...files].map((file) => fetched(new URL(file, url), 'gzip, br')));
  agent.destroy();
}

/** What a light viewer takes: media without a bandwidth estimate, since it measures nothing. */
function taken({ codecs = [], headerExtensions = [] }: types.RtpCapabilities): types.RtpCapabilities {
  const plain = (codec: types.RtpCodecCapability) => ({ ...codec, rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => type === 'nack' || type === 'ccm') });
  return { codecs: codecs.map(plain), headerExtensions: headerExtensions.filter(({ uri }) => uri.endsWith(':sdes:mid')) };
}

/** At a broadcast of ours, as the phone's live page does it. */
export const atFairwind = (url: string, broadcastId: string): Arrive => async (load, peer, way) => {
  if (way === 'link') await page(`${url}/live/${broadcastId}`);
  const deviceId = randomUUID();
  const facts = answered(`${url}/api/broadcasts/${broadcastId}`);
  const pass = await answered<BroadcastPass>(`${url}/api/broadcasts/${broadcastId}/join`, { deviceId, as: 'viewer' });
  const line: Socket<MediaServerToClient, MediaClientToServer> = io(`${pass.nodeUrl || url}/media`, { path: mediaSocketPath, auth: { token: pass.token }, transports: ['websocket'], forceNew: true, reconnection: false });
  const room = await new Promise<RoomEntered>((done, fail) => { line.once('entered', done).once('connect_error', fail); });
  const good = <T>(answer: Ack<T>): T => { if (!answer.ok) throw new Error(answer.error.message); return answer.data; };
  const { transport } = good<{ transport: TransportParameters; consumers: ConsumerParameters[] }>(await line.emitWithAck('receive', {
    rtpCapabilities: taken(room.rtpCapabilities as types.RtpCapabilities),
    tracks: room.producers.map(({ producerId, kind }) => ({ producerId, ...(kind === 'video' ? { layers: { spatialLayer: 2, temporalLayer: 2 } } : {}) })),
  }));
  connect(load, peer, transport as unknown as Parameters<typeof connect>[2]);
  good(await line.emitWithAck('connectTransport', { transportId: transport.transportId, dtlsParameters: dtlsOf(load) }));
  await facts;
  const events: Socket<ServerToClient, ClientToServer> = io(url, { auth: { token: null, deviceId }, transports: ['websocket'], forceNew: true, reconnection: false });
  events.once('connect', () => events.emit('subscribe', { topic: { kind: 'broadcast', id: broadcastId } }, () => undefined));
  return () => { line.disconnect(); events.disconnect(); };
};

/** At the bare page. */
export const atBare = (url: string): Arrive => async (load, peer, way) => {
  const ask = <T>(name: string, body: unknown = {}) => answered<T>(`${url}/rpc/${name}`, body);
  if (way === 'link') await page(`${url}/`);
  const rtpCapabilities = taken(await ask<types.RtpCapabilities>('capabilities'));
  const transport = await ask<{ id: string } & Parameters<typeof connect>[2]>('transport');
  const consumers = await ask<{ id: string }[]>('consume', { id: transport.id, rtpCapabilities });
  connect(load, peer, transport);
  await Promise.all([ask('connect', { id: transport.id, dtlsParameters: dtlsOf(load) }), ask('resume', { ids: consumers.map(({ id }) => id) })]);
  return () => void ask('leave', { id: transport.id });
};
