/** Debian's packages that the load generator and its peer need. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface SystemPackage { package: string; present(): boolean }
type EnsurePackages = (wanted: SystemPackage[], say: (line: string) => void) => { missing: string[]; sentence: string };

/** Installs what is missing where that can be done. The set-up is plain JavaScript, outside of what is compiled. */
export async function ensurePackages(...args: Parameters<EnsurePackages>): Promise<ReturnType<EnsurePackages>> {
  const setup = (await import(pathToFileURL(resolve('infra', 'setup', 'packages.mjs')).href)) as { ensurePackages: EnsurePackages };
  return setup.ensurePackages(...args);
}

/** What compiles load.c. Throws with a sentence that says what to install. */
export async function needCompiler(): Promise<void> {
  const byFile = (name: string, file: string): SystemPackage => ({ package: name, present: () => existsSync(file) });
  const needed = [byFile('gcc', '/usr/bin/gcc'), byFile('libssl-dev', '/usr/include/openssl/ssl.h'), byFile('libsrtp2-dev', '/usr/include/srtp2/srtp.h')];
  const { missing, sentence } = await ensurePackages(needed, console.error);
  if (missing.length > 0) throw new Error(sentence);
}
