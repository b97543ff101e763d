import { isIP } from 'node:net';
import type { Settings } from './settings.js';

/** One address that media listens on, and the one that browsers are told. */
export interface MediaListen { address: string; announced: string }

type Said = Pick<Settings, 'host' | 'mediaHost' | 'mediaAddress'>;

const EVERYWHERE = '0.0.0.0';
const ANY: ReadonlySet<string> = new Set([EVERYWHERE, '::']);
const listOf = (text: string | null): string[] => text?.split(',').map((one) => one.trim()).filter(Boolean) ?? [];

/** Media listens on addresses only, not on names. */
function hostsOf({ host, mediaHost }: Said): string[] {
  const said = listOf(mediaHost);
  return said.length > 0 ? said : [host !== null && isIP(host) ? host : EVERYWHERE];
}

/**
 * Where media listens, one or several, and what is announced of each: FAIRWIND_MEDIA_ADDRESS in the same order, else the address itself,
 * else (of all addresses) the machine's own.
 */
export function mediaListens(settings: Said & Pick<Settings, 'announcedAddress'>): MediaListen[] {
  const announced = listOf(settings.mediaAddress);
  return hostsOf(settings).map((address, n) => ({ address, announced: announced[n] ?? (ANY.has(address) ? settings.announcedAddress : address) }));
}

/** What of it cannot work, a sentence each. */
export function mediaListenProblems(settings: Said): string[] {
  const [hosts, announced] = [hostsOf(settings), listOf(settings.mediaAddress)];
  const problems: string[] = [];
  const names = hosts.filter((host) => !isIP(host));
  if (names.length > 0) problems.push(`FAIRWIND_MEDIA_HOST takes IP addresses, comma separated; “${names.join(', ')}” is none.`);
  if (new Set(hosts).size < hosts.length) problems.push('FAIRWIND_MEDIA_HOST names an address twice: name each once.');
  for (const family of [4, 6]) {
    const of = hosts.filter((host) => isIP(host) === family);
    if (of.length > 1 && of.some((host) => ANY.has(host))) problems.push(`FAIRWIND_MEDIA_HOST names all addresses of IPv${family} and one of them: name one or the other.`);
  }
  if (announced.length > 0 && announced.length !== hosts.length) {
    problems.push(`FAIRWIND_MEDIA_ADDRESS names ${announced.length}, and media listens on ${hosts.length} (${hosts.join(', ')}): name one for each address of FAIRWIND_MEDIA_HOST, in its order.`);
  }
  // All of IPv6 beside IPv4 has no address of its own that could be told; the LAN's is IPv4.
  if (announced.length === 0 && hosts.length > 1 && hosts.includes('::')) problems.push('FAIRWIND_MEDIA_HOST listens on all addresses of IPv6 beside others: say in FAIRWIND_MEDIA_ADDRESS what browsers reach each under.');
  hosts.forEach((host, n) => {
    const told = isIP(announced[n] ?? '');
    if (hosts.length > 1 && told && told !== isIP(host)) problems.push(`FAIRWIND_MEDIA_ADDRESS announces ${announced[n]} for ${host}: one is IPv4, the other IPv6.`);
  });
  return problems;
}
