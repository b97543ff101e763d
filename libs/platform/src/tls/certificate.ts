import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { SettingsRefused } from '../config/settings-refused.js';
import type { Settings } from '../config/settings.js';
import { lanCertificate, type LanCertificate } from './authority.js';

/** With what a process serves https; the authority only when it is our own. */
export interface ServerCertificate {
  key: string;
  cert: string;
  authority: LanCertificate['authority'] | null;
}

function read(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsRefused([`${setting} cannot be read: ${(error as Error).message}.`]);
  }
}

/**
 * The certificate of the settings: TLS_CERT and TLS_KEY, else with --lan the hall's own (unless a trusted proxy in front
 * does https), else none: plain http. Throws `SettingsRefused` when the files are missing or do not fit.
 */
export async function serverCertificate(settings: Settings): Promise<ServerCertificate | null> {
  if (settings.tlsCert !== null && settings.tlsKey !== null) {
    const pair = { cert: read('TLS_CERT', settings.tlsCert), key: read('TLS_KEY', settings.tlsKey) };
    try {
      createSecureContext(pair);
    } catch (error) {
      throw new SettingsRefused([`TLS_CERT and TLS_KEY do not fit together: ${(error as Error).message}.`]);
    }
    return { ...pair, authority: null };
  }
  if (!settings.lan || settings.trustedProxy !== null) return null;
  return lanCertificate(settings.dataDir, settings.lanAddress === null ? [] : [settings.lanAddress]);
}
