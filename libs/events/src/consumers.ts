import { Injectable } from '@nestjs/common';
import type { EventType } from '#libs/contracts';
import { Database, Health, Log } from '#libs/platform';
import type { Consumer } from './consumer.js';
import { Feed } from './feed.js';
import { Relay } from './relay.js';
import { Runner } from './runner.js';
import { Turns } from './turns.js';

/** Longest that `settled` waits, milliseconds. */
const PATIENCE = 20_000;
/** Reactors of one process that react at the same time: fewer than the least FAIRWIND_DATABASE_CONNECTIONS by as many again. */
const REACTING_AT_ONCE = 4;

/** The projectors and reactors of this process. */
@Injectable()
export class Consumers {
  private readonly runners = new Map<string, Runner>();
  private readonly turns = new Turns(REACTING_AT_ONCE);
  private unfollow = (): void => {};
  private started = false;

  constructor(
    private readonly database: Database,
    private readonly feed: Feed,
    private readonly relay: Relay,
    private readonly health: Health,
    private readonly log: Log,
  ) {}

  /** Registers a consumer; call it in `onModuleInit`. Throws when the name is taken or the process already runs. */
  add(consumer: Consumer): void {
    if (this.started) throw new Error(`The consumer ${consumer.name} came too late: add it in onModuleInit.`);
    if (this.runners.has(consumer.name)) throw new Error(`Two consumers are called ${consumer.name}.`);
    this.runners.set(consumer.name, new Runner(consumer, this.database, this.feed, this.log, this.turns));
  }

  async start(): Promise<void> {
    this.started = true;
    for (const runner of this.runners.values()) {
      this.health.register(`consumer ${runner.name}`, async () =>
        runner.poisoned ? { ok: true, degraded: true, detail: `STOPPED after position ${runner.poisoned.position}: ${runner.poisoned.message}` } : { ok: true });
      await runner.start();
    }
    this.unfollow = this.feed.follow((events) => {
      for (const runner of this.runners.values()) runner.notice(events);
    });
  }

  /** How far each one is, and whether it stands still. */
  states(): { name: string; position: number; stopped: boolean }[] {
    return [...this.runners.values()].map(({ name, position, poisoned }) => ({ name, position, stopped: poisoned !== null }));
  }

  /** Whether the consumer of this name is told of events of this type. */
  takes(name: string, type: EventType): boolean {
    return this.runner(name).takes(type);
  }

  /** Has the consumer of this name look soon; resolves when it has come to `position`, or after so many milliseconds. */
  reached(name: string, position: number, patience: number): Promise<void> {
    return this.runner(name).reached(position, patience);
  }

  async stop(): Promise<void> {
    this.unfollow();
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()));
  }

  /**
   * Resolves when the feed and every consumer of this process have read up to `position`; absent: all that is committed
   * now. Rejects when one has stopped, or after 20 s. For tests and rebuilding.
   */
  async settled(position?: number): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    const target = position ?? (await this.relayed(deadline));
    for (;;) {
      const behind = [...this.runners.values()].filter((runner) => runner.position < target);
      const poisoned = behind.find((runner) => runner.poisoned);
      if (poisoned) throw new Error(`The consumer ${poisoned.name} has stopped: ${poisoned.poisoned?.message}`);
      if (behind.length === 0 && this.feed.head() >= target) return;
      if (performance.now() > deadline) {
        throw new Error(`Position ${target} was not reached: feed ${this.feed.head()}, ${behind.map((r) => `${r.name} ${r.position}`).join(', ')}`);
      }
      for (const runner of behind) runner.wake();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  private runner(name: string): Runner {
    const runner = this.runners.get(name);
    if (!runner) throw new Error(`There is no consumer ${name}.`);
    return runner;
  }

  /** @returns the log's end, once nothing committed is without its position */
  private async relayed(deadline: number): Promise<number> {
    while ((await this.database.read.event.count({ where: { position: null } })) > 0 && performance.now() < deadline) {
      this.relay.wake();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.feed.latest();
  }
}
