import { execFileSync } from 'node:child_process';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { lanCertificate } from './authority.js';
import { setLogLevel } from '../logging/log.js';

let dataDir: string;
beforeAll(() => setLogLevel('error'));
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairwind-tls-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the certificate of the hall', () => {
  it('is one that a client who trusts the authority accepts, by name and by address', async () => {
    const { key, cert, authority } = await lanCertificate(dataDir);
    const server = createServer({ key, cert }, (_, response) => response.end('春风')).listen(0);
    const { port } = server.address() as AddressInfo;
    const ask = (host: string, ca?: string) =>
      new Promise<number>((resolve, reject) => get({ host, port, ca, agent: false }, (response) => resolve(response.resume().statusCode ?? 0)).once('error', reject));
    try {
      expect(await ask('localhost', authority.pem)).toBe(200);
      expect(await ask('127.0.0.1', authority.pem)).toBe(200);
      await expect(ask('localhost')).rejects.toThrow(/certificate/);
    } finally {
      server.close();
    }
  });

  it('is strict where browsers are: P-256, at most 398 days, names of this machine', async () => {
    const { cert, authority } = await lanCertificate(dataDir, ['192.168.7.9']);
    const leaf = new X509Certificate(cert);
    const days = (new Date(leaf.validTo).getTime() - new Date(leaf.validFrom).getTime()) / 86_400_000;
    expect(days).toBeLessThanOrEqual(398);
    expect(leaf.checkIP('192.168.7.9')).toBe('192.168.7.9');
    expect(leaf.checkHost(os.hostname())).toBeDefined();
    expect(leaf.ca).toBe(false);
    expect(createPublicKey(cert).asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(new X509Certificate(authority.pem).ca).toBe(true);
    for (const name of ['authority.key.pem', 'server.key.pem']) expect(statSync(path.join(dataDir, 'tls', name)).mode & 0o777).toBe(0o600);
  });

  it('is kept from start to start, and made anew for a new address only', async () => {
    const first = await lanCertificate(dataDir);
    const second = await lanCertificate(dataDir);
    expect(second.cert).toBe(first.cert);
    const moved = await lanCertificate(dataDir, ['10.9.8.7']);
    expect(moved.authority.fingerprint).toBe(first.authority.fingerprint);
    expect(moved.cert).not.toBe(first.cert);
  });

  it('comes from an authority that may sign for private addresses only', async () => {
    const { cert, authority } = await lanCertificate(dataDir);
    const file = (name: string, content: string) => {
      writeFileSync(path.join(dataDir, name), content);
      return path.join(dataDir, name);
    };
    const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8' });
    expect(openssl('verify', '-x509_strict', '-CAfile', file('ca.pem', authority.pem), file('leaf.pem', cert))).toContain('OK');
    const text = openssl('x509', '-in', path.join(dataDir, 'ca.pem'), '-noout', '-text');
    expect(text).toMatch(/Name Constraints: critical\s+Permitted:/);
    expect(text).toContain('IP:192.168.0.0/255.255.0.0');
    // The authority's key signs for a bank: nobody believes it.
    const bank = path.join(dataDir, 'bank');
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=bank.example', '-addext', 'subjectAltName=DNS:bank.example', '-keyout', `${bank}.key`, '-out', `${bank}.csr`);
    openssl('x509', '-req', '-in', `${bank}.csr`, '-CA', path.join(dataDir, 'ca.pem'), '-CAkey', path.join(dataDir, 'tls', 'authority.key.pem'), '-CAcreateserial', '-copy_extensions', 'copyall', '-out', `${bank}.pem`);
    expect(() => execFileSync('openssl', ['verify', '-CAfile', path.join(dataDir, 'ca.pem'), `${bank}.pem`], { stdio: 'pipe' })).toThrow(/permitted subtree violation/);
  });
});
