/** What the load's peers negotiate with mediasoup, the same with and without Fairwind around it. */
import type { types } from 'mediasoup';
import type { Load } from './load.js';

const rtcpFeedback = [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'ccm', parameter: 'fir' }];

/** What load.c publishes. */
export const published: types.RtpParameters = {
  mid: '0',
  codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtcpFeedback }],
  encodings: [{ ssrc: 777 }],
};

/** VP8 with the mid extension: what Janus sends too. */
export function watched({ codecs = [], headerExtensions = [] }: types.RtpCapabilities): types.RtpCapabilities {
  return {
    codecs: codecs.filter(({ mimeType }) => mimeType === 'video/VP8').map((codec) => ({ ...codec, rtcpFeedback })),
    headerExtensions: headerExtensions.filter(({ kind, uri }) => kind === 'video' && uri.endsWith(':sdes:mid')),
  };
}

/** The load's side of DTLS. */
export const dtlsOf = (load: Load): types.DtlsParameters => ({ role: 'client', fingerprints: [{ algorithm: 'sha-256', value: load.fingerprint }] });

/** Lets a peer of the load connect over UDP. */
export function connect(load: Load, peer: number, { iceCandidates, iceParameters }: Pick<types.WebRtcTransport, 'iceCandidates' | 'iceParameters'>): void {
  const { port } = iceCandidates.find(({ protocol }) => protocol === 'udp')!;
  load.connect(peer, port, iceParameters.usernameFragment, iceParameters.password);
}
