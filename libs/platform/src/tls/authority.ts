import { createHash, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { Log } from '../logging/log.js';
import { ownNames, type Names } from './lan.js';
import { isPrivate, localOnly, NAME_CONSTRAINTS } from './name-constraints.js';

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** Browsers take no server certificate that lasts longer than 398 days. */
const LEAF_DAYS = 397;
/** A leaf with less left is made anew at the start: a fair must not meet its end. */
const RENEW_DAYS = 90;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const log = Log.named('tls');

/** The certificate of this machine, and the authority that people install. */
export interface LanCertificate {
  /** PEM, PKCS #8. */
  key: string;
  /** PEM: the leaf, then the authority. */
  cert: string;
  authority: {
    pem: string;
    der: Buffer;
    /** SHA-256, for people to compare: `AB:CD:…`. */
    fingerprint: string;
    name: string;
  };
}

interface Pair {
  key: string;
  cert: string;
}

const pem = (label: string, der: ArrayBuffer): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;

/** Writes both or neither: a key that does not fit its certificate would stop every later start. */
function keep(folder: string, name: string, pair: Pair): void {
  for (const kind of ['key', 'cert'] as const) {
    const file = path.join(folder, `${name}.${kind}.pem`);
    writeFileSync(`${file}.new`, pair[kind], { mode: 0o600 });
  }
  for (const kind of ['key', 'cert']) renameSync(path.join(folder, `${name}.${kind}.pem.new`), path.join(folder, `${name}.${kind}.pem`));
}

function kept(folder: string, name: string): Pair | null {
  const file = (kind: string) => path.join(folder, `${name}.${kind}.pem`);
  if (!existsSync(file('key')) || !existsSync(file('cert'))) return null;
  return { key: readFileSync(file('key'), 'utf8'), cert: readFileSync(file('cert'), 'utf8') };
}

const daysLeft = (cert: string): number => (new Date(new X509Certificate(cert).validTo).getTime() - Date.now()) / DAY_MS;

/** Loaded only when something has to be made. */
async function tools() {
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);
  return x509;
}

const span = (days: number) => ({ notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + days * DAY_MS) });
/** Twenty octets at most, and positive (RFC 5280, 4.1.2.2). */
const serialNumber = (): string => `01${randomBytes(15).toString('hex')}`;

async function makeAuthority(names: Names): Promise<Pair> {
  const x509 = await tools();
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const name = `Fairwind ${hostname().replace(/[^\w.-]/g, '')} ${randomBytes(2).toString('hex')}`;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}, O=Fairwind`,
    ...span(AUTHORITY_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      new x509.Extension(NAME_CONSTRAINTS, true, new Uint8Array(localOnly(names.dns, names.ip))),
    ],
  });
  return { key: pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)), cert: `${certificate.toString('pem')}\n` };
}

async function makeLeaf(authority: Pair, names: Names): Promise<Pair> {
  const x509 = await tools();
  const issuer = new x509.X509Certificate(authority.cert);
  const pkcs8 = Buffer.from(authority.key.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const signingKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${names.dns[0]}, O=Fairwind`,
    issuer: issuer.subject,
    ...span(LEAF_DAYS),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.dns.map((value) => ({ type: 'dns' as const, value })),
        ...names.ip.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)), cert: `${certificate.toString('pem')}\n` };
}

function covers(leaf: X509Certificate, names: Names): boolean {
  return names.dns.every((name) => leaf.checkHost(name) !== undefined) && names.ip.every((address) => leaf.checkIP(address) !== undefined);
}

/** The names and addresses that the authority may sign for; it learnt those of this machine when it was made. */
function permitted(folder: string, own: Names): Names {
  const learnt = JSON.parse(readFileSync(path.join(folder, 'authority.names.json'), 'utf8')) as Names;
  const names = {
    dns: own.dns.filter((name) => learnt.dns.includes(name)),
    ip: own.ip.filter((address) => isPrivate(address) || learnt.ip.includes(address)),
  };
  const left = [...own.dns, ...own.ip].filter((name) => ![...names.dns, ...names.ip].includes(name));
  if (left.length > 0) log.warn({ left, folder }, 'The authority of the hall may not sign for these: remove the folder to make a new one, which phones must install again.');
  return names;
}

/**
 * The certificate with which this machine serves its LAN, from an authority of its own in DATA_DIR/tls that lasts ten years.
 * The leaf is made anew when its end comes near or the machine has another name or address.
 * @param dataDir DATA_DIR
 * @param extra addresses that it must carry besides those of its networks
 */
export async function lanCertificate(dataDir: string, extra: readonly string[] = []): Promise<LanCertificate> {
  const folder = path.join(dataDir, 'tls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = ownNames(extra);
  let authority = kept(folder, 'authority');
  if (!authority || daysLeft(authority.cert) < LEAF_DAYS) {
    authority = await makeAuthority(own);
    keep(folder, 'authority', authority);
    writeFileSync(path.join(folder, 'authority.names.json'), JSON.stringify(own));
    log.info({ folder }, 'A certificate authority for the hall was made: each phone installs it once.');
  }
  const issuer = new X509Certificate(authority.cert);
  const names = permitted(folder, own);
  let leaf = kept(folder, 'server');
  const read = leaf && new X509Certificate(leaf.cert);
  if (!leaf || !read?.verify(issuer.publicKey) || daysLeft(leaf.cert) < RENEW_DAYS || !covers(read, names)) {
    leaf = await makeLeaf(authority, names);
    keep(folder, 'server', leaf);
    log.info({ names }, 'The certificate of this machine was made.');
  }
  const name = /CN=(.*)/.exec(issuer.subject)?.[1] ?? 'Fairwind';
  const fingerprint = createHash('sha256').update(issuer.raw).digest('hex').toUpperCase().replace(/..(?!$)/g, '$&:');
  return { key: leaf.key, cert: leaf.cert + authority.cert, authority: { pem: authority.cert, der: issuer.raw, fingerprint, name } };
}
