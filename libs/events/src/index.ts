export { projector, reactor, type Consumer, type EventsOf, type Projector, type Reactor } from './consumer.js';
export { Consumers } from './consumers.js';
export { eventsModule } from './events.module.js';
export { Feed, type SinceOptions } from './feed.js';
export { Relay } from './relay.js';
export { Snapshots, type SnapshotKind, type SnapshotSource, type SnapshotWatcher } from './snapshots.js';
export { Events, type AnyDraft, type AppendOptions, type Draft } from './store.js';
export { Watchers, type Watcher } from './watchers.js';
