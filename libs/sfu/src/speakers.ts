import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import type { Producer } from './producer.js';
import type { RoomRouter } from './room-router.js';

export interface Speaker {
  peerId: string;
  /** dBov: −127 (silence) to 0 (as loud as can be). */
  volume: number;
}

/** Quieter than this is no speech. */
const THRESHOLD = -60;
/** How often they are told, milliseconds. */
const INTERVAL = 500;
const MOST = 8;

/** Who of a room speaks, the loudest first; an empty list once nobody does. The observer is made with the first voice. */
export class Speakers extends EventEmitter<{ speakers: [speakers: Speaker[]] }> {
  private observer: Promise<types.AudioLevelObserver> | undefined;
  private readonly voices = new Map<string, Producer>();

  constructor(private readonly origin: Pick<RoomRouter, 'native'>) {
    super();
  }

  /** Until it closes. What is not audio is not listened to. */
  async listen(producer: Producer): Promise<void> {
    if (producer.kind !== 'audio') return;
    this.voices.set(producer.id, producer);
    producer.once('closed', () => this.voices.delete(producer.id));
    try {
      this.observer ??= this.open();
      const observer = await this.observer;
      if (!producer.closed) await observer.addProducer({ producerId: producer.id });
    } catch {
      // It, its room or its worker has ended meanwhile. Nobody waits for this, and media go on without it: the next voice tries anew.
      this.observer = undefined;
    }
  }

  private async open(): Promise<types.AudioLevelObserver> {
    const observer = await this.origin.native.createAudioLevelObserver({ maxEntries: MOST, threshold: THRESHOLD, interval: INTERVAL });
    observer.on('volumes', (volumes) => this.emit('speakers', volumes.flatMap(({ producer, volume }) => {
      const voice = this.voices.get(producer.id);
      return voice ? [{ peerId: voice.peerId, volume }] : [];
    })));
    observer.on('silence', () => this.emit('speakers', []));
    return observer;
  }
}
