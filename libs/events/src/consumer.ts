import type { AnyEnvelope, Envelope, EventType } from '#libs/contracts';
import type { Tx } from '#libs/platform';

/** The events of some types, as a union that `switch (event.type)` narrows. */
export type EventsOf<T extends EventType> = { [K in T]: Envelope<K> }[T];

interface Named<T extends EventType> {
  /** Its row in "Consumer"; a name is never used again for something else. */
  name: string;
  /** What it is told of. */
  types: readonly T[];
}

/** Makes tables from events: exactly once, however many processes run it. Begins at the first event ever. */
export interface Projector<T extends EventType> extends Named<T> {
  /** At most this many events a call; 500 unless told. */
  batch?: number;
  /** Least milliseconds between two batches; 50 unless told. For what nobody watches for: fewer transactions in a rush. */
  pause?: number;
  /** `project` uses `$queryRaw` and `$executeRaw` alone: then they go straight to the driver (`Database.rawTransaction`). */
  statements?: boolean;
  /** Folds a batch, in order and of its own types only, into tables: through `tx` and nothing else. */
  project(tx: Tx, events: EventsOf<T>[]): Promise<void>;
}

/**
 * Does the next thing: at least once, so `event.id` must be the idempotency key of what it does. Begins at the log's end of
 * its first start, so that a new version does not answer to old facts. A second is long for one reaction.
 */
export interface Reactor<T extends EventType> extends Named<T> {
  react(event: EventsOf<T>): Promise<void>;
}

/** A consumer with its types forgotten: what the runner needs. Made by `projector` and `reactor` only. */
export interface Consumer extends Named<EventType> {
  readonly kind: 'projector' | 'reactor';
  readonly batch: number;
  readonly pause: number;
  readonly statements: boolean;
  /** Consumes from the front; returns how many of them it did (a projector: all). Throws at the first that it cannot. */
  consume(tx: Tx, events: AnyEnvelope[]): Promise<{ done: number; error?: unknown }>;
}

/** Least time between two batches of one consumer, milliseconds: a rush makes bigger batches, not more of them. */
const PAUSE = 50;
/** Reactions of one transaction end after this, milliseconds, so that it stays short. */
const REACTING = 1_000;

/** Describes a projector; hand it to `Consumers.add` in `onModuleInit`. */
export function projector<T extends EventType>({ name, types, batch = 500, pause = PAUSE, statements = false, project }: Projector<T>): Consumer {
  return {
    kind: 'projector', name, types, batch, pause, statements,
    async consume(tx, events) {
      await project(tx, events as EventsOf<T>[]);
      return { done: events.length };
    },
  };
}

/** Describes a reactor; hand it to `Consumers.add` in `onModuleInit`. */
export function reactor<T extends EventType>({ name, types, react }: Reactor<T>): Consumer {
  return {
    kind: 'reactor', name, types, batch: 100, pause: PAUSE, statements: false,
    async consume(_tx, events) {
      const until = performance.now() + REACTING;
      let done = 0;
      for (const event of events) {
        try {
          await react(event as EventsOf<T>);
        } catch (error) {
          // What was done before it is saved: it need not be done again.
          return { done, error };
        }
        done += 1;
        if (performance.now() > until) break;
      }
      return { done };
    },
  };
}
