import type { AnyEnvelope } from '#libs/contracts';

/** What processes tell each other. All of it is a hint: the log is the truth, and a lost message is made good by reading it. */
export type BusMessage =
  /** Something was committed that has no position yet, and a relay that could not run wants the others to look as well. */
  | { kind: 'appended' }
  /** Positions `from` to `to` were given. `events` are these events, or empty when they are too much to send. */
  | { kind: 'relayed'; from: number; to: number; events: AnyEnvelope[] };

export interface BusState { up: boolean; detail: string }
export type BusListener = (message: BusMessage) => void;

/** Joins the processes of one installation; every message reaches every process, its sender too. */
export abstract class Bus {
  private readonly listeners = new Set<BusListener>();

  /** Starts listening. `logId` names the log, so that installations which share a Redis stay apart. */
  abstract open(logId: string): Promise<void>;

  /** Sends, or loses it with a line in the log; never throws, never waits. */
  abstract publish(message: BusMessage): void;

  abstract close(): Promise<void>;

  /** Whether messages travel now. Without them events come by polling: late, not lost. */
  abstract state(): BusState;

  /** @returns stops it */
  subscribe(listener: BusListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** For the adapters: hands a message to this process. */
  protected deliver(message: BusMessage): void {
    for (const listener of this.listeners) listener(message);
  }
}

/** One process: a message arrives in the same tick's end, as it would from outside, never inside the call to `publish`. */
export class LocalBus extends Bus {
  private closed = false;

  override async open(): Promise<void> {}

  override publish(message: BusMessage): void {
    queueMicrotask(() => {
      if (!this.closed) this.deliver(message);
    });
  }

  override async close(): Promise<void> {
    this.closed = true;
  }

  override state(): BusState {
    return { up: !this.closed, detail: 'in process' };
  }
}
