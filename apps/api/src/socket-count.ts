import { Gauge } from 'prom-client';
import { metrics } from '#libs/platform';
import type { LiveServer } from './socket.js';

const NAME = 'fairwind_sockets';

/** Adds the number of open lines of this process to /metrics. */
export function countSockets(server: LiveServer): void {
  metrics.removeSingleMetric(NAME);
  metrics.registerMetric(new Gauge({ name: NAME, help: 'Open lines of browsers', registers: [], collect() { this.set(server.of('/').sockets.size); } }));
}
