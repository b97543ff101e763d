import { BlockList, isIP } from 'node:net';

/** X.690 tags used below. */
const SEQUENCE = 0x30;
const PERMITTED = 0xa0;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** The private ranges (RFC 1918, 3927, 6598, 4193, 4291) and loopback: address, mask. */
const RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10', '127.0.0.0/8', 'fc00::/7', 'fe80::/10', '::1/128'];

function tlv(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head, tail = ''] = address.split('::');
  const words = (part: string) => part.split(':').filter(Boolean).map((word) => Number.parseInt(word, 16));
  const front = words(head);
  const back = words(tail);
  const all = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

function rangeBytes(range: string): Buffer {
  const [address, bits] = range.split('/');
  const base = addressBytes(address);
  const mask = Buffer.alloc(base.length);
  for (let bit = 0; bit < Number(bits); bit += 1) mask[bit >> 3] |= 0x80 >> (bit & 7);
  return Buffer.concat([base, mask]);
}

/**
 * The value of the extension NameConstraints (RFC 5280, 4.2.1.10) that lets an authority sign for this machine and for
 * private addresses only: whoever steals its key cannot pretend to be a bank to the phones that trust it.
 * @param dns names of this machine
 * @param ip its addresses: those outside the private ranges are permitted one by one
 */
export function localOnly(dns: readonly string[], ip: readonly string[]): Buffer {
  const exact = ip.map((address) => `${address}/${isIP(address) === 4 ? 32 : 128}`);
  const names = dns.map((name) => tlv(SEQUENCE, tlv(DNS_NAME, Buffer.from(name, 'ascii'))));
  const addresses = [...RANGES, ...exact].map((range) => tlv(SEQUENCE, tlv(IP_ADDRESS, rangeBytes(range))));
  return tlv(SEQUENCE, tlv(PERMITTED, ...names, ...addresses));
}

const ranges = new BlockList();
for (const range of RANGES) {
  const [address, bits] = range.split('/');
  ranges.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/** Whether an address lies in the ranges that every authority of ours may sign for. */
export const isPrivate = (address: string): boolean => ranges.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** The extension's object identifier. */
export const NAME_CONSTRAINTS = '2.5.29.30';
