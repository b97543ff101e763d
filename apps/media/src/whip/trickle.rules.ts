import { DomainError } from '#libs/platform';
import type { TransportParams } from '#libs/sfu';

/** What a `PATCH` says (RFC 8840): who speaks, by ICE's own names. Candidates are not read: we are ICE lite, and learn where they are from their checks. */
export interface Fragment { ufrag: string; password: string }

/** Throws `malformedRequest`. */
export function readFragment(text: string): Fragment {
  const ufrag = /^a=ice-ufrag:([\w+/=-]{4,256})\s*$/m.exec(text)?.[1];
  const password = /^a=ice-pwd:([\w+/=-]{22,256})\s*$/m.exec(text)?.[1];
  if (!ufrag || !password) throw new DomainError('malformedRequest', { why: 'no ice-ufrag and ice-pwd' });
  return { ufrag, password };
}

/** Our side after a restart of ICE. */
export function writeFragment({ iceParameters, iceCandidates }: Pick<TransportParams, 'iceParameters' | 'iceCandidates'>, mid: string): string {
  const candidates = iceCandidates.map(({ foundation, protocol, priority, address, ip, port, type, tcpType }) =>
    `a=candidate:${foundation} 1 ${protocol} ${priority} ${address ?? ip} ${port} typ ${type}${tcpType ? ` tcptype ${tcpType}` : ''}`);
  return [`a=ice-lite`, `a=ice-ufrag:${iceParameters.usernameFragment}`, `a=ice-pwd:${iceParameters.password}`, 'm=audio 9 UDP/TLS/RTP/SAVPF 0', `a=mid:${mid}`, ...candidates, 'a=end-of-candidates', ''].join('\r\n');
}
