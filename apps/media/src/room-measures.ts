import { Gauge } from 'prom-client';
import { metrics } from '#libs/platform';
import type { LiveRooms } from './live-rooms.js';

/** Adds what this node carries to /metrics. */
export function measureRooms(rooms: LiveRooms): void {
  const gauge = (name: string, help: string, value: () => number): void => {
    metrics.removeSingleMetric(name);
    metrics.registerMetric(new Gauge({ name, help, registers: [], collect() { this.set(value()); } }));
  };
  gauge('fairwind_media_rooms', 'Live rooms that this node holds', () => rooms.all().length);
  gauge('fairwind_media_peers', 'Connections of people in them', () => rooms.all().reduce((sum, { peers }) => sum + peers.size, 0));
  gauge('fairwind_media_consumers', 'Tracks that are sent to people', () => rooms.load().load);
  gauge('fairwind_media_capacity', 'Tracks that can be sent', () => rooms.load().capacity);
}
