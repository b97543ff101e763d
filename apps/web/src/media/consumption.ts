/** What is received of a room: one producer's track. It ends with its transport; RoomView asks for it again. */
import type { Layers, MediaSource, ProducerInfo } from '#libs/contracts';
import type { types } from 'mediasoup-client';
import type { Stay } from './stay';

export class Consumption {
  constructor(private readonly stay: Stay, private readonly consumer: types.Consumer, readonly producer: ProducerInfo, private off: boolean, private layers: Layers | undefined) {}

  get consumerId(): string { return this.consumer.id; }
  get track(): MediaStreamTrack { return this.consumer.track; }
  get source(): MediaSource { return this.producer.source; }
  get kind(): 'audio' | 'video' { return this.producer.kind; }
  get closed(): boolean { return this.consumer.closed; }
  get paused(): boolean { return this.off; }

  /** In how many sizes its picture is sent: the node says `L<sizes>T<rates>`, and nothing of a single one. */
  get sizes(): number {
    const { scalabilityMode } = this.consumer.rtpParameters.encodings?.[0] ?? {};
    return Number(/^[LS](\d+)/.exec(scalabilityMode ?? '')?.[1] ?? 1);
  }

  /** Nothing is sent to us while it is paused: no data is used. */
  async pause(paused: boolean): Promise<void> {
    if (this.off === paused || this.closed) return;
    this.off = paused;
    await this.stay.ask('setConsumerPaused', { consumerId: this.consumer.id, paused });
  }

  /** Tells the node again, after a line was lost with who knows what. Rejects with RoomError `notFound`: the node has it no more. */
  async assert(): Promise<void> {
    if (this.layers) await this.stay.ask('setConsumerLayers', { consumerId: this.consumer.id, layers: this.layers });
    await this.stay.ask('setConsumerPaused', { consumerId: this.consumer.id, paused: this.off });
  }

  async prefer(layers: Layers): Promise<void> {
    if (this.closed || (this.layers?.spatialLayer === layers.spatialLayer && this.layers.temporalLayer === layers.temporalLayer)) return;
    this.layers = layers;
    await this.stay.ask('setConsumerLayers', { consumerId: this.consumer.id, layers });
  }

  /** `silently`: the node knows already. */
  close(silently = false): void {
    if (this.closed) return;
    this.consumer.close();
    if (!silently && this.stay.connected) this.stay.ask('closeConsumer', { consumerId: this.consumer.id }).catch((error: unknown) => console.warn('closeConsumer:', error));
  }
}
