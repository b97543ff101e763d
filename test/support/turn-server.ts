/** Debian's coturn with this repository's own configuration, on this machine alone. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

const HERE = '127.0.0.1';

export class TurnServer {
  /** What it has written. */
  log = '';

  private constructor(private readonly child: ChildProcess, private readonly folder: string, readonly port: number, readonly tlsPort: number, readonly secret: string, readonly ports: { from: number; to: number }, readonly certificate: X509Certificate) {
    for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => { this.log += text; });
  }

  /** Whether this machine has a coturn. */
  static get here(): boolean {
    return spawnSync('turnserver', ['--version']).error === undefined;
  }

  /** As infra/compose.yml starts it: the secret, where to listen, and the media nodes' address, which is this machine's here. */
  static async start(): Promise<TurnServer> {
    const folder = await mkdtemp(join(tmpdir(), 'fairwind-turn-'));
    const [port, tls, secret] = [await freePort(), await freePort(), randomBytes(24).toString('hex')];
    const ports = { from: 61_000, to: 61_199 };
    // As compose mounts one, for this address alone and of nobody's making.
    const [cert, key] = [join(folder, 'fullchain.pem'), join(folder, 'privkey.pem')];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${HERE}`, '-addext', `subjectAltName=IP:${HERE}`, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const child = spawn('turnserver', [
      '-c', 'infra/coturn/turnserver.conf', `--listening-port=${port}`, `--tls-listening-port=${tls}`, `--cert=${cert}`, `--pkey=${key}`, `--listening-ip=${HERE}`, `--relay-ip=${HERE}`,
      `--min-port=${ports.from}`, `--max-port=${ports.to}`, `--static-auth-secret=${secret}`, `--allowed-peer-ip=${HERE}`, '--allow-loopback-peers',
      `--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'turndb')}`, '--log-file=stdout', '--simple-log', '--verbose',
    ], { stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new TurnServer(child, folder, port, tls, secret, ports, new X509Certificate(await readFile(cert)));
    for (const since = Date.now(); !/TCP listener opened on|IPv4\. .*listener opened/.test(server.log); await new Promise((done) => setTimeout(done, 50))) {
      if (child.exitCode !== null || Date.now() - since > 15_000) throw new Error(`coturn did not start:\n${server.log.slice(-1_500)}`);
    }
    return server;
  }

  get url(): string { return `turn:${HERE}:${this.port}?transport=tcp`; }

  /** Over TLS, as networks that let nothing but 443 through need it. */
  get tlsUrl(): string { return `turns:${HERE}:${this.tlsPort}?transport=tcp`; }

  /** Chromium trusts this certificate and no other that nobody signed: the hash of its public key. */
  get trust(): string {
    const key = this.certificate.publicKey.export({ type: 'spki', format: 'der' });
    return `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`;
  }

  /** Connections over TLS that it has taken so far. */
  get tlsSessions(): number {
    return this.log.match(/TLS\/TCP/g)?.length ?? 0;
  }

  /** coturn's own client asks for a way to this address; what it says. */
  ask(peer: string, { username, credential }: { username: string; credential: string }): string {
    const { stdout, stderr } = spawnSync('turnutils_uclient', ['-t', '-c', '-n', '1', '-m', '1', '-u', username, '-w', credential, '-e', peer, '-p', String(this.port), HERE], { encoding: 'utf8', timeout: 6_000 });
    return stdout + stderr;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = new Promise((done) => this.child.once('exit', done));
      this.child.kill('SIGTERM');
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
