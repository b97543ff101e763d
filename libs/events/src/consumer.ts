import type { AnyEnvelope, Envelope, EventType } from '#libs/contracts';
import type { Tx } from '#libs/platform';

/** The events of some types, as a union that `switch (event.type)` narrows. */
export type EventsOf<T extends EventType> = { [K in T]: Envelope<K> }[T];

/** Makes tables from events: exactly once, however many processes run it. */
export interface Projector<T extends EventType = EventType> {
  kind: 'projector';
  /** Its row in "Consumer"; never reuse a name for something else. */
  name: string;
  types: readonly T[];
  /** At most this many events a call; 500 unless told. */
  batch?: number;
  /** Folds a batch, in order of position and of its own types only, into tables through `tx` and nothing else. */
  project(tx: Tx, events: EventsOf<T>[]): Promise<void>;
}

/** Does the next thing: at least once, so `event.id` must be the idempotency key of what it does. */
export interface Reactor<T extends EventType = EventType> {
  kind: 'reactor';
  name: string;
  types: readonly T[];
  react(event: EventsOf<T>): Promise<void>;
}

/** What the runner needs to know, with the types forgotten. */
export type AnyConsumer =
  | { kind: 'projector'; name: string; types: readonly EventType[]; batch?: number; project(tx: Tx, events: AnyEnvelope[]): Promise<void> }
  | { kind: 'reactor'; name: string; types: readonly EventType[]; react(event: AnyEnvelope): Promise<void> };

/** Describes a projector; hand it to `Consumers.add` in `onModuleInit`. */
export function projector<T extends EventType>(options: Omit<Projector<T>, 'kind'>): AnyConsumer {
  return { kind: 'projector', ...options } as unknown as AnyConsumer;
}

/** Describes a reactor; hand it to `Consumers.add` in `onModuleInit`. */
export function reactor<T extends EventType>(options: Omit<Reactor<T>, 'kind'>): AnyConsumer {
  return { kind: 'reactor', ...options } as unknown as AnyConsumer;
}
