/** The peer that does the same work: Janus with its video room, one publisher over WebRTC and viewers over WebRTC. */
import { JanusClient } from './janus-client.js';
import { Load } from './load.js';
import { inBatches, type System } from './system.js';

const AT_ONCE = 10;
const ROOM = 1;
const FEED = 11;

const found = (sdp: string, pattern: RegExp): string => {
  const value = pattern.exec(sdp)?.[1];
  if (value === undefined) throw new Error(`Janus said an SDP without ${pattern}:\n${sdp}`);
  return value;
};

/** The SDP of a peer of the load: one VP8 video, DTLS as the client, and the mid extension if it was offered. */
function describe(load: Load, peer: number, port: number, mid: string, payload: string, direction: 'sendonly' | 'recvonly', midExtension?: string): string {
  const { ufrag, password } = Load.credentials(peer);
  return [
    'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${mid}`,
    `m=video 9 UDP/TLS/RTP/SAVPF ${payload}`, 'c=IN IP4 127.0.0.1', `a=mid:${mid}`, `a=${direction}`, 'a=rtcp-mux',
    `a=ice-ufrag:${ufrag}`, `a=ice-pwd:${password}`, `a=fingerprint:sha-256 ${load.fingerprint}`,
    'a=setup:active',
    `a=rtpmap:${payload} VP8/90000`, `a=rtcp-fb:${payload} nack`, `a=rtcp-fb:${payload} nack pli`,
    ...(midExtension ? [`a=extmap:${midExtension} urn:ietf:params:rtp-hdrext:sdes:mid`] : []),
    ...(direction === 'sendonly' ? ['a=ssrc:777 cname:load', 'a=msid:load load'] : []),
    `a=candidate:1 1 udp 2113937151 127.0.0.1 ${port} typ host`, 'a=end-of-candidates', '',
  ].join('\r\n');
}

function connect(load: Load, peer: number, sdp: string): void {
  const port = Number(found(sdp, /a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 (\d+) typ host/i));
  load.connect(peer, port, found(sdp, /a=ice-ufrag:(\S+)/), found(sdp, /a=ice-pwd:(\S+)/));
}

export async function janus(load: Load, count: number, folder: string, loopback: string): Promise<System> {
  const client = await JanusClient.start(folder, loopback);
  try {
    const { first: publisher, ports } = await load.addPeers(1 + count);
    const host = await client.attach();
    await host({
      request: 'create', room: ROOM, publishers: 1, bitrate: 0, videocodec: 'vp8', permanent: false,
      videoorient_ext: false, playoutdelay_ext: false, transport_wide_cc_ext: false,
    });
    await host({ request: 'join', ptype: 'publisher', room: ROOM, id: FEED });
    const offer = describe(load, publisher, ports[0]!, '0', '96', 'sendonly');
    const { jsep } = await host({ request: 'publish', videocodec: 'vp8' }, { type: 'offer', sdp: offer });
    connect(load, publisher, jsep!.sdp);
    await load.ready(publisher, 1);
    await inBatches(count, AT_ONCE, async (n) => {
      const peer = publisher + 1 + n;
      const viewer = await client.attach();
      const { jsep: offered } = await viewer({ request: 'join', ptype: 'subscriber', room: ROOM, streams: [{ feed: FEED }] });
      const { sdp } = offered!;
      const extension = /a=extmap:(\d+)\S* urn:ietf:params:rtp-hdrext:sdes:mid/.exec(sdp)?.[1];
      const answer = describe(load, peer, ports[1 + n]!, found(sdp, /a=mid:(\S+)/), found(sdp, /m=video \d+ \S+ (\d+)/), 'recvonly', extension);
      await viewer({ request: 'start' }, { type: 'answer', sdp: answer });
      connect(load, peer, sdp);
    });
    await load.ready(publisher + 1, count);
    return { pids: [client.pid], publisher, first: publisher + 1, count, close: () => client.close() };
  } catch (error) {
    await client.close();
    throw error;
  }
}
