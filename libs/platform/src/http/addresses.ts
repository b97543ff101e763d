import type { Settings } from '../config/settings.js';
import { lanAddresses } from '../tls/lan.js';

/** Hosts that mean: every address of this machine. */
const EVERYWHERE = new Set([null, '0.0.0.0', '::']);

/**
 * Under which addresses people reach a process that listens on `port`, best first: links that are sent to people begin
 * with the first. That is PUBLIC_URL, else with --lan the hall's address, since a phone's `localhost` is the phone.
 */
export function addressesOf(settings: Settings, secure: boolean, port: number): string[] {
  const scheme = secure ? 'https' : 'http';
  const suffix = port === (secure ? 443 : 80) ? '' : `:${port}`;
  const named = settings.publicUrl === null ? [] : [settings.publicUrl.replace(/\/+$/, '')];
  const hosts = EVERYWHERE.has(settings.host) ? [...(settings.lan ? hallAddresses(settings) : []), 'localhost'] : [settings.host ?? ''];
  return [...new Set([...named, ...hosts.map((host) => `${scheme}://${host.includes(':') ? `[${host}]` : host}${suffix}`)])];
}

/** The addresses in the hall's network, the announced one first. */
export function hallAddresses(settings: Settings): string[] {
  return settings.lanAddress === null ? lanAddresses() : [settings.lanAddress];
}
