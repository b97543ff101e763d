import { networkInterfaces, hostname } from 'node:os';

/** Interfaces of containers, virtual machines and tunnels: no phone in the hall reaches them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|tailscale|utun|tun|tap|zt|wg|cni|flannel|lo)/;
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

interface Place {
  address: string;
  name: string;
}

function ipv4(): Place[] {
  return Object.entries(networkInterfaces()).flatMap(([name, list]) =>
    (list ?? []).filter((each) => each.family === 'IPv4' && !each.internal).map(({ address }) => ({ address, name })),
  );
}

const rank = ({ address, name }: Place): number => (VIRTUAL.test(name) ? 2 : 0) + (PRIVATE.test(address) ? 0 : 1);

/** The addresses of this machine in its networks, the one that phones most likely reach first. */
export const lanAddresses = (): string[] => ipv4().sort((a, b) => rank(a) - rank(b)).map(({ address }) => address);

export interface Names {
  dns: string[];
  ip: string[];
}

/** All names and addresses that a certificate for this machine must carry. */
export function ownNames(extra: readonly string[]): Names {
  const host = hostname().toLowerCase();
  const local = host.includes('.') ? host : `${host}.local`;
  const addresses = [...lanAddresses(), '127.0.0.1', '::1', ...extra];
  return { dns: [...new Set(['localhost', host, local])], ip: [...new Set(addresses)] };
}
