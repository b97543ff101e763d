import { randomUUID } from 'node:crypto';
import type { Transport } from '#libs/sfu';
import type { Peer } from '../peer.js';
import type { Fragment } from './trickle.rules.js';

/** One WHIP or WHEP client: a peer with one transport. */
export class Session {
  readonly id = randomUUID();
  private restarts = 0;

  constructor(
    readonly roomId: string,
    readonly peer: Peer,
    readonly transport: Transport,
    /** The client's ICE name, when its offer said it. */
    private ufrag: string | null,
    /** Of its first m-line. */
    readonly mid: string,
    /** WHIP: the key that opened it. */
    readonly keyId: string | null,
  ) {}

  /** Names this session of ICE; another after a restart. */
  get etag(): string {
    return `"${this.id.slice(0, 8)}-${this.restarts}"`;
  }

  /** It speaks of the ICE session that is going on. */
  speaks({ ufrag }: Fragment): boolean {
    return this.ufrag === null || this.ufrag === ufrag;
  }

  async restartIce({ ufrag }: Fragment): Promise<void> {
    await this.transport.restartIce();
    this.ufrag = ufrag;
    this.restarts += 1;
  }
}
