/** The load generator (load.c) as a child process: peers of WebRTC, and the CPU clock of the SFU. */
import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { System } from './system.js';

const sources = join('infra', 'bench', 'sfu');

/** Compiles one of this folder's C programs into `folder`; a name that ends in .so makes a library to preload. */
export async function compile(source: string, folder: string, output: string): Promise<string> {
  const program = join(folder, output);
  const kind = output.endsWith('.so') ? ['-shared', '-fPIC'] : [];
  await promisify(execFile)('gcc', ['-O2', ...kind, join(sources, source), '-o', program, '-lssl', '-lcrypto', '-lsrtp2', '-ldl']);
  return program;
}

export interface Slice {
  /** Packets that the publisher sent. */
  sent: number;
  /** Packets that all viewers together got. */
  received: number;
  /** Viewers who got none. */
  silent: number;
  /** Seconds, of all processes of the system. */
  cpu: number;
}

export class Load {
  private readonly answers: ((line: unknown) => void)[] = [];

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    /** Of the one certificate that every peer has; SHA-256. */
    readonly fingerprint: string,
  ) {}

  static async start(program: string): Promise<Load> {
    const child = spawn(program, [], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => { complaint = (complaint + chunk).slice(-2_000); });
    const lines = createInterface({ input: child.stdout });
    const [hello] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => Promise.reject(new Error(`load: ${complaint}`)))])) as [string];
    const load = new Load(child, (JSON.parse(hello) as { fingerprint: string }).fingerprint);
    lines.on('line', (line) => load.answers.shift()?.(JSON.parse(line)));
    child.once('exit', () => {
      if (load.answers.length > 0) throw new Error(`The load generator ended in the middle: ${complaint}`);
    });
    return load;
  }

  /** The user fragment of a peer, and its password: what an SDP answer says of it. */
  static credentials(peer: number): { ufrag: string; password: string } {
    const number = String(peer).padStart(4, '0');
    return { ufrag: `load${number}`, password: `loadloadloadloadload${number}` };
  }

  addPeers(count: number): Promise<{ first: number; ports: number[] }> {
    return this.ask(`peers ${count}`);
  }

  /** Towards a port of 127.0.0.1. */
  connect(peer: number, port: number, ufrag: string, password: string): void {
    this.child.stdin.write(`connect ${peer} ${port} ${ufrag} ${password}\n`);
  }

  /** Until `count` peers from `first` on have finished DTLS; throws when one has not after 30 s. */
  async ready(first: number, count: number): Promise<void> {
    const { ready } = await this.ask<{ ready: number }>(`ready ${first} ${count}`);
    if (ready < count) throw new Error(`only ${ready} of ${count} peers connected`);
  }

  /** Publishes for a while to one system, while all others rest. Times in milliseconds. */
  async measure({ publisher, first, count, pids }: System, kbps: number, warm: number, length: number): Promise<Slice> {
    const { cpu, ...counts } = await this.ask<{ sent: number; received: number; silent: number; cpu: number[] }>(
      `measure ${publisher} ${first} ${count} ${kbps} ${warm} ${length} ${pids.join(',')}`,
    );
    return { ...counts, cpu: cpu.reduce((sum, each) => sum + each, 0) };
  }

  /** `count` peers publish and as many watch, each one of them. Times in milliseconds. */
  async measureRooms({ publishers, viewers, count, pids }: { publishers: number; viewers: number; count: number; pids: number[] }, kbps: number, warm: number, length: number): Promise<Slice> {
    const { cpu, ...counts } = await this.ask<{ sent: number; received: number; silent: number; cpu: number[] }>(`rooms ${publishers} ${viewers} ${count} ${kbps} ${warm} ${length} ${pids.join(',')}`);
    return { ...counts, cpu: cpu.reduce((sum, each) => sum + each, 0) };
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.stdin.end('quit\n');
    await ended;
  }

  private ask<T>(line: string): Promise<T> {
    return new Promise((resolve) => {
      this.answers.push(resolve as (line: unknown) => void);
      this.child.stdin.write(`${line}\n`);
    });
  }
}
