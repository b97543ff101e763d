import type { Settings } from '../config/settings.js';
import { lanAddresses } from '../tls/lan.js';

/** Under which addresses people reach a process that listens on `port`, best first. */
export function addressesOf(settings: Settings, secure: boolean, port: number): string[] {
  const scheme = secure ? 'https' : 'http';
  const suffix = port === (secure ? 443 : 80) ? '' : `:${port}`;
  const named = settings.publicUrl === null ? [] : [settings.publicUrl.replace(/\/+$/, '')];
  const lan = settings.lan ? hallAddresses(settings).map((address) => `${scheme}://${address}${suffix}`) : [];
  const host = settings.host === null || settings.host === '0.0.0.0' || settings.host === '::' ? 'localhost' : settings.host;
  return [...new Set([...named, `${scheme}://${host.includes(':') ? `[${host}]` : host}${suffix}`, ...lan])];
}

/** The addresses in the hall's network, the announced one first. */
export function hallAddresses(settings: Settings): string[] {
  return settings.lanAddress === null ? lanAddresses() : [settings.lanAddress];
}
