import { Gauge } from 'prom-client';
import { metrics } from '#libs/platform';
import type { Bus } from './bus.js';
import type { Consumers } from './consumers.js';
import type { Feed } from './feed.js';

/** What this process knows of the log, for /metrics: read when somebody asks. */
export function measure(bus: Bus, feed: Feed, consumers: Consumers): void {
  gauge('fairwind_bus_up', 'Whether messages between processes travel (1) or events come by polling (0)', [], (set) => set({}, bus.state().up ? 1 : 0));
  gauge('fairwind_feed_position', 'The position of the log up to which this process has delivered', [], (set) => set({}, feed.head()));
  gauge('fairwind_consumer_position', 'How far a projector or reactor has come, as this process knows', ['consumer'], (set) => {
    for (const { name, position } of consumers.states()) set({ consumer: name }, position);
  });
  gauge('fairwind_consumer_stopped', 'An event that cannot be consumed has stopped this projector or reactor', ['consumer'], (set) => {
    for (const { name, stopped } of consumers.states()) set({ consumer: name }, stopped ? 1 : 0);
  });
}

type Set = (labels: Record<string, string>, value: number) => void;

/** The newest process of this name counts: tests start several in one. */
function gauge(name: string, help: string, labelNames: string[], read: (set: Set) => void): void {
  metrics.removeSingleMetric(name);
  metrics.registerMetric(new Gauge({ name, help, labelNames, registers: [], collect() { read((labels, value) => this.set(labels, value)); } }));
}
