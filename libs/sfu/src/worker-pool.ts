/**
 * One mediasoup Worker a core, each with one WebRtcServer: one UDP and one TCP port (of each address) carry every room of that worker, so
 * that a firewall needs `count` ports and not a range. A worker that dies is replaced.
 */
import { EventEmitter } from 'node:events';
import { isIPv6 } from 'node:net';
import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { leastLoaded } from './placing.rules.js';
import { SfuError } from './sfu-error.js';

export interface ListenAddress {
  /** For example `0.0.0.0`. */
  address: string;
  /** The address that a browser can reach, when it is another one (LAN, NAT, container). */
  announced?: string;
}

export interface WorkerPoolOptions {
  /** How many workers, 1 or more; one a core is mediasoup's guidance. */
  count: number;
  /** Addresses to listen on, one or several: IPv4 and IPv6. */
  listen: readonly ListenAddress[];
  /** Worker n listens on UDP and TCP `firstPort + n` of each address; 0: any free port. */
  firstPort: number;
}

/** What a worker carries now, pipes included. */
export interface WorkerLoad {
  routers: number;
  consumers: number;
  producers: number;
}

export interface PooledWorker {
  worker: types.Worker;
  server: types.WebRtcServer;
  /** Its place in the pool, 0 to count - 1; a replacement takes the place of the dead. */
  index: number;
  load: WorkerLoad;
}

/** Tells of a worker that died by itself (`lost`) and of its replacement (`replaced`); never of an ordered close. */
interface WorkerPoolEvents {
  lost: [index: number, cause: Error];
  replaced: [worker: PooledWorker];
}

/** Bytes, as far as the system allows: one socket carries everybody, and a key frame comes in one gust. */
const BUFFERS = { recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 };
/** Waits between tries to replace a dead worker, milliseconds; the last one repeats. */
const replaceAfter = [100, 500, 2_000, 10_000];

export class WorkerPool extends EventEmitter<WorkerPoolEvents> {
  private readonly workers = new Map<number, PooledWorker>();
  private readonly retries = new Set<NodeJS.Timeout>();
  private closed = false;

  private constructor(private readonly options: WorkerPoolOptions) {
    super();
  }

  /**
   * Starts every worker; rejects, with none left running, when one cannot start: SfuError `portTaken` (a second server
   * on this machine) or `addressUnknown`, otherwise mediasoup's own error (no binary).
   */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    try {
      await Promise.all(Array.from({ length: options.count }, (_, index) => pool.launch(index)));
    } catch (cause) {
      pool.close();
      throw cause;
    }
    return pool;
  }

  /** Workers that run now. */
  get alive(): PooledWorker[] {
    return [...this.workers.values()];
  }

  /** Where new work goes. Throws `noWorker` while all are down. */
  leastLoaded(): PooledWorker {
    // A router without a consumer counts too: many rooms opened at once do not all go to one worker.
    const weighed = this.alive.map((pooled) => ({ pooled, load: pooled.load.consumers + pooled.load.producers + pooled.load.routers }));
    const found = leastLoaded(weighed);
    if (!found) throw new SfuError('noWorker', 'No media worker is running at the moment.');
    return found.pooled;
  }

  /** Ends every worker. Idempotent. */
  close(): void {
    this.closed = true;
    for (const retry of this.retries) clearTimeout(retry);
    this.retries.clear();
    for (const { worker } of this.workers.values()) worker.close();
    this.workers.clear();
  }

  private async launch(index: number): Promise<PooledWorker> {
    const { listen, firstPort } = this.options;
    const worker = await createWorker({ logLevel: 'warn' });
    const port = firstPort === 0 ? undefined : firstPort + index;
    // All of IPv6 takes IPv4 too, unless that has a socket of its own.
    const flags = { ipv6Only: listen.length > 1 };
    const listenInfos = listen.flatMap(({ address, announced }): types.TransportListenInfo[] => {
      const each = { ip: address, announcedAddress: announced, port, ...(isIPv6(address) && { flags }) };
      return [{ protocol: 'udp', ...each, ...BUFFERS }, { protocol: 'tcp', ...each }];
    });
    try {
      const server = await worker
        .createWebRtcServer({ listenInfos })
        .catch((cause: unknown) => Promise.reject(listenFailure(cause, listen.map(({ address }) => address).join(', '), port)));
      if (this.closed) throw new Error('the pool was closed while a worker started');
      const pooled = { worker, server, index, load: { routers: 0, consumers: 0, producers: 0 } };
      this.workers.set(index, pooled);
      worker.once('died', (cause) => this.lose(index, cause));
      return pooled;
    } catch (cause) {
      worker.close();
      throw cause;
    }
  }

  private lose(index: number, cause: Error): void {
    this.workers.delete(index);
    this.emit('lost', index, cause);
    this.replace(index, 0);
  }

  private replace(index: number, attempt: number): void {
    if (this.closed) return;
    const retry = setTimeout(() => {
      this.retries.delete(retry);
      this.launch(index).then(
        (pooled) => this.emit('replaced', pooled),
        () => this.replace(index, attempt + 1),
      );
    }, replaceAfter[Math.min(attempt, replaceAfter.length - 1)]);
    this.retries.add(retry);
  }
}

/** libuv's words, as the worker passes them on. */
function listenFailure(cause: unknown, address: string, port: number | undefined): unknown {
  const said = cause instanceof Error ? cause.message : '';
  if (/address already in use/i.test(said)) {
    return new SfuError('portTaken', `Media port ${port} (UDP and TCP) on ${address} is taken by another program, perhaps a second server.`, { cause });
  }
  if (/address not available/i.test(said)) return new SfuError('addressUnknown', `${address}: not an address of this machine.`, { cause });
  return cause;
}
