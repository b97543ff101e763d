/** Debian's coturn with this repository's own configuration, on this machine alone. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

const HERE = '127.0.0.1';

export class TurnServer {
  /** What it has written. */
  log = '';

  private constructor(private readonly child: ChildProcess, private readonly folder: string, readonly port: number, readonly secret: string, readonly ports: { from: number; to: number }) {
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
    const child = spawn('turnserver', [
      '-c', 'infra/coturn/turnserver.conf', `--listening-port=${port}`, `--tls-listening-port=${tls}`, `--listening-ip=${HERE}`, `--relay-ip=${HERE}`,
      `--min-port=${ports.from}`, `--max-port=${ports.to}`, `--static-auth-secret=${secret}`, `--allowed-peer-ip=${HERE}`, '--allow-loopback-peers',
      `--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'turndb')}`, '--log-file=stdout', '--simple-log', '--verbose',
    ], { stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new TurnServer(child, folder, port, secret, ports);
    for (const since = Date.now(); !/TCP listener opened on|IPv4\. .*listener opened/.test(server.log); await new Promise((done) => setTimeout(done, 50))) {
      if (child.exitCode !== null || Date.now() - since > 15_000) throw new Error(`coturn did not start:\n${server.log.slice(-1_500)}`);
    }
    return server;
  }

  get url(): string { return `turn:${HERE}:${this.port}?transport=tcp`; }

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
