import { Injectable } from '@nestjs/common';
import { Seal } from '../sealing/seal.js';
import { newId } from '../database/id.js';
import type { Tx } from '../database/tx.js';

export interface TextMessage {
  /** Idempotency key: the id of the event or command that caused it, and the purpose. The same cause is sent once. */
  cause: string;
  accountId?: string;
  /** +86… */
  phone: string;
  text: string;
}

/** Messages to people. They wait in the database and are sent by a worker, so none is lost and none holds up a request. */
@Injectable()
export class Notify {
  constructor(private readonly seal: Seal) {}

  /** Queues a text message in the transaction of its cause. */
  async sms(tx: Tx, { cause, accountId, phone, text }: TextMessage): Promise<void> {
    const bytes = (value: string) => new Uint8Array(this.seal.seal(value));
    await tx.message.createMany({
      data: [{ id: newId(), cause, accountId, phoneSealed: bytes(phone), textSealed: bytes(text) }],
      skipDuplicates: true,
    });
  }
}
