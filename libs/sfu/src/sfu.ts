import { EventEmitter } from 'node:events';
import { Room, type RoomLoad, type RoomOptions } from './room.js';
import { WorkerPool, type WorkerLoad, type WorkerPoolOptions } from './worker-pool.js';

export interface SfuLoad {
  /** The workers that run now. */
  workers: ({ index: number } & WorkerLoad)[];
  rooms: number;
}

interface SfuEvents {
  /** A room ended; `workerDied`: open it anew (a worker is being replaced, another may run already). */
  roomClosed: [roomId: string, reason: 'closed' | 'workerDied'];
}

/** The pool and the rooms on it, by id. */
export class Sfu extends EventEmitter<SfuEvents> {
  private readonly opened = new Map<string, Room>();
  private readonly opening = new Map<string, Promise<Room>>();

  private constructor(readonly pool: WorkerPool) {
    super();
  }

  /** Throws as WorkerPool.start does. */
  static async start(options: WorkerPoolOptions): Promise<Sfu> {
    return new Sfu(await WorkerPool.start(options));
  }

  /** The room of that id; two calls at once open one. Throws `noWorker`. */
  async open(options: RoomOptions): Promise<Room> {
    const there = this.opened.get(options.id) ?? this.opening.get(options.id);
    if (there) return there;
    const opening = this.add(options).finally(() => this.opening.delete(options.id));
    this.opening.set(options.id, opening);
    return opening;
  }

  room(id: string): Room | undefined {
    return this.opened.get(id);
  }

  rooms(): Room[] {
    return [...this.opened.values()];
  }

  /** What to place by, and what to report as capacity. */
  load(): SfuLoad {
    return { workers: this.pool.alive.map(({ index, load }) => ({ index, ...load })), rooms: this.opened.size };
  }

  /** By room. */
  roomLoads(): Map<string, RoomLoad> {
    return new Map([...this.opened].map(([id, room]) => [id, room.load()]));
  }

  /** Closes every room and ends every worker. Idempotent. */
  close(): void {
    for (const room of this.rooms()) room.close();
    this.pool.close();
  }

  private async add(options: RoomOptions): Promise<Room> {
    const room = await Room.open(this.pool, options);
    this.opened.set(room.id, room);
    room.once('closed', (reason) => {
      this.opened.delete(room.id);
      this.emit('roomClosed', room.id, reason);
    });
    return room;
  }
}
