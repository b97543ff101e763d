/**
 * What of a room is received: for each producer the page says whether, paused or not, and how large; this asks for it, and asks again
 * after a new transport or a new node. Tracks come and go by `changed`; the last picture stays until the next is there.
 */
import type { Layers, ProducerInfo } from '#libs/contracts';
import type { Consumption } from './consumption';
import { Emitter } from './emitter';
import { RoomError } from './media-line';
import type { RoomClient } from './room-client';

export interface Wanted {
  /** `none`: not received at all; `paused`: ready, but nothing is sent to us. */
  state: 'playing' | 'paused' | 'none';
  layers?: Layers;
}

export class RoomView extends Emitter<{ changed: [tracks: Consumption[]]; failed: [producer: ProducerInfo, error: unknown] }> {
  private readonly consumptions = new Map<string, Consumption>();
  private readonly ends: (() => void)[];
  private busy = false;
  private dirty = false;
  private over = false;
  /** Tries in a row that failed, by producer: then it waits for a change in the room. */
  private readonly failures = new Map<string, number>();

  /** @param wants asked for each producer, again after `update()` */
  constructor(private readonly client: RoomClient, private readonly wants: (producer: ProducerInfo) => Wanted) {
    super();
    this.ends = [
      client.on('entered', () => { this.dropAll(); this.failures.clear(); this.update(); }),
      client.on('receivingLost', () => { this.dropAll(); this.update(); }),
      client.on('resumed', () => this.goOn()),
      client.on('producerAdded', () => this.update()),
      client.on('producerPaused', () => this.update()),
      client.on('producerClosed', producerId => { if (this.drop(producerId)) this.told(); }),
      client.on('consumerClosed', consumerId => {
        for (const [producerId, one] of this.consumptions) if (one.consumerId === consumerId && this.drop(producerId)) { this.told(); this.update(); }
      }),
    ];
    if (client.state === 'open') this.update();
  }

  /** What is received now; paused ones too. */
  get tracks(): Consumption[] { return [...this.consumptions.values()].filter(one => !one.closed); }

  /** Asks `wants` again for everything. */
  update(): void {
    this.dirty = true;
    if (!this.busy) void this.reconcile();
  }

  private async reconcile(): Promise<void> {
    this.busy = true;
    while (this.dirty && !this.over) {
      this.dirty = false;
      if (this.client.state !== 'open') break;
      const before = this.tracks.length;
      // Together, so that the browser is asked once for sound and picture.
      const done = await Promise.all([...this.client.producers.values()].map(producer => this.one(producer)));
      if (done.some(Boolean) || this.tracks.length !== before) this.told();
    }
    this.busy = false;
  }

  /** True when a track came or went. */
  private async one(producer: ProducerInfo): Promise<boolean> {
    const { state, layers } = this.wants(producer);
    const have = this.consumptions.get(producer.producerId);
    try {
      if (state === 'none') return this.drop(producer.producerId, false);
      if (have && !have.closed) {
        if (layers) await have.prefer(layers);
        await have.pause(state === 'paused');
        return false;
      }
      if ((this.failures.get(producer.producerId) ?? 0) > 2) return false;
      const made = await this.client.consume(producer.producerId, { layers, paused: state === 'paused' });
      if (this.over || !this.client.producers.has(producer.producerId)) { made.close(); return false; }
      this.consumptions.set(producer.producerId, made);
      this.failures.delete(producer.producerId);
      return true;
    } catch (error) {
      if (this.over || (error instanceof RoomError && error.code === 'lineLost')) return false;
      this.failures.set(producer.producerId, (this.failures.get(producer.producerId) ?? 0) + 1);
      this.tell('failed', producer, error);
      setTimeout(() => this.update(), 1000);
      return false;
    }
  }

  private drop(producerId: string, silently = true): boolean {
    const one = this.consumptions.get(producerId);
    this.consumptions.delete(producerId);
    one?.close(silently);
    return !!one;
  }

  /** After a lost line: what ended meanwhile goes, and the node is told again what is wanted of the rest. */
  private goOn(): void {
    this.failures.clear();
    for (const [producerId, one] of this.consumptions) {
      if (one.closed || !this.client.producers.has(producerId)) this.drop(producerId);
      else one.assert().catch((error: unknown) => {
        if (!(error instanceof RoomError) || error.code !== 'notFound' || this.consumptions.get(producerId) !== one) return;
        this.drop(producerId);
        this.update();
      });
    }
    this.told();
    this.update();
  }

  /** Not told: the pictures stay until the new ones come. */
  private dropAll(): void {
    for (const producerId of [...this.consumptions.keys()]) this.drop(producerId);
  }

  private told(): void { this.tell('changed', this.tracks); }

  close(): void {
    this.over = true;
    this.ends.forEach(end => end());
    for (const producerId of [...this.consumptions.keys()]) this.drop(producerId, false);
  }
}
