/** What no browser of ours would say to a media node: right messages of somebody who is inside, each wrong in one place. */
import fc from 'fast-check';
import { errors } from '#libs/contracts';
import { nasty } from './hostile.js';
import { dtlsParameters, rtpParameters, type MediaLine } from './media-line.js';
import { long, seed as anySeed } from './runs.js';

const many = long ? 3_000 : 150;

type Path = (string | number)[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, key]))];
}

/** A copy in which one place is another value, or is missing. */
function bent(value: unknown, [key, ...rest]: Path, put: { value: unknown } | null): unknown {
  if (key === undefined) return put?.value;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  if (rest.length === 0 && put === null) delete copy[key];
  else copy[key] = bent(copy[key], rest, put);
  return copy;
}

/**
 * Throws when an answer is missing, is `internal`, or is not of the one shape. @returns how many were answered with yes, and refused
 * @param open gives another line when the node has thrown this one out
 */
export async function throwAt(open: () => Promise<MediaLine>, { seed = anySeed, numRuns = many } = {}): Promise<{ done: number; refused: number }> {
  let line = await open();
  const count = { done: 0, refused: 0 };
  const places = async () => {
    const [send, receive] = [await line.transport('send'), await line.transport('receive')];
    const producerId = await line.publish('camera', send.transportId);
    const { consumerId } = await line.watch(producerId, receive.transportId);
    const [video, audio] = [rtpParameters('video'), rtpParameters('audio')];
    const simulcast = { ...video, encodings: [{ rid: 'a', scalabilityMode: 'L1T2' }, { rid: 'b' }], headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 }] };
    const right: [string, unknown][] = [
      ['createTransport', { direction: 'receive', forceTcp: true }], ['connectTransport', { transportId: receive.transportId, dtlsParameters }],
      ['restartIce', { transportId: send.transportId }], ['closeTransport', { transportId: send.transportId }],
      ['produce', { transportId: send.transportId, kind: 'video', source: 'camera', rtpParameters: video, paused: false }],
      ['produce', { transportId: send.transportId, kind: 'video', source: 'camera', rtpParameters: simulcast }],
      ['produce', { transportId: send.transportId, kind: 'audio', source: 'microphone', rtpParameters: audio }],
      ['setProducerPaused', { producerId, paused: true }], ['closeProducer', { producerId }],
      ['consume', { transportId: receive.transportId, producerId, rtpCapabilities: line.room.rtpCapabilities, layers: { spatialLayer: 0, temporalLayer: 0 } }],
      ['receive', { rtpCapabilities: line.room.rtpCapabilities, tracks: [{ producerId, layers: { spatialLayer: 1 }, paused: true }], forceTcp: true }],
      ['setConsumerPaused', { consumerId, paused: false }], ['setConsumerLayers', { consumerId, layers: { spatialLayer: 1 } }], ['closeConsumer', { consumerId }],
      ['renewToken', { token: 'x.y.z' }], ['watchPublishing', { on: false }], ['reportQuality', { lossRatio: 0.1, roundTrip: 20 }],
    ];
    return right;
  };
  let right = await places();
  const afresh = async () => {
    line.close();
    line = await open();
    right = await places();
  };
  const wrong = fc.tuple(fc.nat(), fc.nat(), fc.option(nasty.map((value) => ({ value })), { freq: 6 }));
  await fc.assert(fc.asyncProperty(wrong, async ([which, where, put]) => {
    if (!line.socket.connected) await afresh();
    const [name, request] = right[which % right.length]!;
    const paths = pathsOf(request);
    const said = bent(request, paths[where % paths.length]!, put);
    const answer = await line.send(name, said).catch(() => null);
    if (answer === null) {
      if (line.socket.connected) throw new Error(`${name} was not answered: ${JSON.stringify(said)}`);
      return;
    }
    if (answer.ok) {
      count.done += 1;
      // What is closed now would make all that follows easy to refuse.
      if (/^close|^produce$/.test(name)) await afresh();
      return;
    }
    const { code } = answer.error;
    if (code === 'tooManyRequests') await new Promise((resolve) => setTimeout(resolve, 200));
    if (code === 'internal' || !(code in errors)) throw new Error(`${name}: ${JSON.stringify(answer)} for ${JSON.stringify(said)}`);
    count.refused += 1;
  }), { seed, numRuns, endOnFailure: true });
  return count;
}
