import { Injectable } from '@nestjs/common';
import { Log, Settings } from '#libs/platform';
import { MediaNodes, type NodeReport } from '#libs/rooms';
import { LiveRooms } from './live-rooms.js';

/** Milliseconds between heartbeats. */
const BEAT = 1_000;
/** After so many failures in a row it is said; the one before us on our origin, killed a moment ago, looks alive for a while. */
const SILENT_FAILURES = 3;

/** This process among the media nodes: it says each second that it lives, and hears which rooms are its own. */
@Injectable()
export class NodeRegistration {
  private nodeId: string | null = null;
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | null = null;
  private stopped = false;
  private failures = 0;
  private doubled = 0;
  private report: () => Pick<NodeReport, 'state' | 'percent'>;

  constructor(
    private readonly nodes: MediaNodes,
    private readonly rooms: LiveRooms,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  /** Begins to beat. @param report how far the node is */
  start(report: () => Pick<NodeReport, 'state' | 'percent'>): void {
    this.report = report;
    this.again(0);
  }

  /** What `report` says has changed: say it now. */
  now(): void {
    if (!this.beating) this.again(0);
  }

  /** Takes no new rooms, tells those that are here, and leaves. */
  async end(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.beating;
    const { nodeId } = this;
    try {
      if (nodeId !== null) await this.nodes.drain(nodeId);
      this.rooms.closeAll();
      if (nodeId !== null) await this.nodes.leave(nodeId);
    } catch (error) {
      this.log.warn({ err: error }, 'This media node could not say goodbye; it is noticed within 5 s.');
    }
  }

  private again(ms: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.beating = this.beat().finally(() => {
        this.beating = null;
        this.again(BEAT);
      });
    }, ms);
  }

  private async beat(): Promise<void> {
    const report: NodeReport = { ...this.report(), ...this.rooms.load() };
    const live = this.rooms.all();
    try {
      if (this.nodeId === null) return await this.register(report);
      const held = await this.nodes.heartbeat(this.nodeId, report);
      if (held === null) {
        this.log.warn({}, 'This media node was silent for too long; its rooms are placed anew.');
        this.become(null);
        await this.register(report);
      } else {
        this.rooms.compare(live, held);
      }
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (this.failures === SILENT_FAILURES) this.log.error({ err: error }, 'This media node cannot say that it lives; it is tried again each second.');
    }
  }

  private async register(report: NodeReport): Promise<void> {
    const url = this.url();
    if (url === undefined) return;
    const nodeId = await this.nodes.register(url, report);
    this.doubled = nodeId === null ? this.doubled + 1 : 0;
    if (this.doubled === SILENT_FAILURES) {
      this.log.error({ url }, `Another media node is alive at ${url || 'the page’s own origin'}: give each an origin of its own with FAIRWIND_NODE_URL.`);
    }
    this.become(nodeId);
  }

  private become(nodeId: string | null): void {
    this.nodeId = nodeId;
    this.rooms.become(nodeId);
  }

  /** Undefined until it listens. One process serves page and media under one origin. */
  private url(): string | undefined {
    const { nodeUrl, role, redisUrl, addresses } = this.settings;
    if (nodeUrl !== null) return nodeUrl.replace(/\/+$/, '');
    return role === 'all' && redisUrl === null ? '' : addresses[0];
  }
}
