import { createClient } from 'redis';
import type { Log } from '#libs/platform';
import { Bus, type BusMessage, type BusState } from './bus.js';

/** Longest pause between two tries to reach Redis again, milliseconds. */
const LONGEST_PAUSE = 2_000;
/** A fan-out of one batch never waits behind more than this many unsent ones: then it is lost, and the log is read. */
const UNSENT = 1_000;
/** Letters. A batch longer than this is not sent, only announced: readers take it from the log. */
const LARGEST_MESSAGE = 256 * 1024;

/** Many processes: Redis pub/sub. Reconnects for ever; what is sent while it is away is lost, which costs a poll's delay. */
export class RedisBus extends Bus {
  private readonly publisher;
  private readonly subscriber;
  private channel = '';
  private down = false;

  constructor(
    url: string,
    private readonly log: Log,
  ) {
    super();
    const socket = { reconnectStrategy: (tries: number) => Math.min(50 * 2 ** Math.min(tries, 10), LONGEST_PAUSE), connectTimeout: 5_000 };
    this.publisher = createClient({ url, socket, disableOfflineQueue: true, commandsQueueMaxLength: UNSENT });
    this.subscriber = createClient({ url, socket });
    for (const client of [this.publisher, this.subscriber]) {
      client.on('error', (error: Error) => this.lost(error));
      client.on('ready', () => this.found());
    }
  }

  /** Rejects when Redis cannot be reached at the start: a wrong REDIS_URL must not boot. */
  override async open(logId: string): Promise<void> {
    this.channel = `fairwind:${logId}`;
    try {
      await within(5_000, Promise.all([this.publisher.connect(), this.subscriber.connect()]));
      await this.subscriber.subscribe(this.channel, (text) => this.heard(text));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  override publish(message: BusMessage): void {
    const text = JSON.stringify(message);
    const sent = message.kind === 'relayed' && text.length > LARGEST_MESSAGE ? JSON.stringify({ ...message, events: [] }) : text;
    this.publisher.publish(this.channel, sent).catch((error: unknown) => {
      this.log.debug({ err: error, kind: message.kind }, 'A bus message was lost; the log will be read instead');
    });
  }

  override async close(): Promise<void> {
    for (const client of [this.publisher, this.subscriber]) client.destroy();
  }

  override state(): BusState {
    const up = this.publisher.isReady && this.subscriber.isReady;
    return { up, detail: up ? 'Redis' : 'Redis is away; events travel by polling' };
  }

  private heard(text: string): void {
    let message: BusMessage;
    try {
      message = JSON.parse(text) as BusMessage;
    } catch (error) {
      this.log.warn({ err: error }, 'A bus message was no JSON; does something else use this Redis channel?');
      return;
    }
    this.deliver(message);
  }

  private lost(error: Error): void {
    if (this.down) return;
    this.down = true;
    this.log.warn({ err: error }, 'Redis is away; events travel by polling until it is back');
  }

  private found(): void {
    if (!this.down || !this.publisher.isReady || !this.subscriber.isReady) return;
    this.down = false;
    this.log.info({}, 'Redis is back');
  }
}

/** Rejects when `work` takes longer than `ms`. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis did not answer within ${ms} ms; check REDIS_URL`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
