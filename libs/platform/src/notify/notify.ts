import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../database/database.js';
import { newId } from '../database/id.js';
import type { Message } from '../database/models.js';
import type { Tx } from '../database/tx.js';
import { Log } from '../logging/log.js';
import { Seal } from '../sealing/seal.js';
import { Ticking } from '../timers/ticking.js';
import { SmsPort, type SmsOutcome } from './sms-port.js';

export interface TextMessage {
  /** Idempotency key: the id of the event or command that caused it, and the purpose. The same cause is sent once. */
  cause: string;
  accountId?: string;
  /** +86… */
  phone: string;
  text: string;
}

const EVERY_MS = 5_000;
/** While one process sends it, no other takes it; a process that died in between frees it after this. */
const CLAIM_SECONDS = 60;
const MOST_ATTEMPTS = 8;
const log = Log.named('notify');

/**
 * Messages to people. They wait in the database and are sent by a worker, at least once: none is lost and none holds up a
 * request. A message that was sent, or failed for good, keeps neither its phone number nor its text.
 */
@Injectable()
export class Notify implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ticking = new Ticking('text messages', EVERY_MS, () => this.sendSome());
  private retry: NodeJS.Timeout | undefined;
  /** Before the second attempt; three times as many before each later one. Tests shorten it. */
  pauseSeconds = 2;

  constructor(
    private readonly database: Database,
    private readonly seal: Seal,
    private readonly port: SmsPort,
  ) {}

  onApplicationBootstrap(): void {
    this.ticking.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.retry);
    await this.ticking.stop();
  }

  /** Text messages are not sent but shown in the log, because no provider is set. */
  get shownInLog(): boolean {
    return this.port.shownInLog;
  }

  /** Queues a text message in the transaction of its cause. */
  async sms(tx: Tx, { cause, accountId, phone, text }: TextMessage): Promise<void> {
    const sealed = (value: string) => new Uint8Array(this.seal.seal(value));
    await tx.message.createMany({
      data: [{ id: newId(), cause, accountId, phoneSealed: sealed(phone), textSealed: sealed(text) }],
      skipDuplicates: true,
    });
    this.database.afterCommit(tx, () => this.ticking.wake());
  }

  /** Sends what is due, some at a time. Answers whether there was any. */
  private async sendSome(): Promise<boolean> {
    const messages = await this.database.read.$queryRaw<Message[]>`
      UPDATE "Message" SET attempts = attempts + 1, "nextAt" = now() + make_interval(secs => ${CLAIM_SECONDS})
      WHERE id IN (
        SELECT id FROM "Message" WHERE status = 'waiting' AND "nextAt" <= now() ORDER BY "nextAt" LIMIT 10 FOR UPDATE SKIP LOCKED
      ) RETURNING id, "phoneSealed", "textSealed", attempts`;
    await Promise.all(messages.map((message) => this.sendOne(message)));
    return messages.length > 0;
  }

  private async sendOne({ id, phoneSealed, textSealed, attempts }: Message): Promise<void> {
    if (!phoneSealed || !textSealed) return this.settle(id, 'failed', 'it has no content');
    const outcome = await this.handOver(id, phoneSealed, textSealed);
    if (outcome.sent) return this.settle(id, 'sent', null);
    if (!outcome.again || attempts >= MOST_ATTEMPTS) {
      log.error({ id, attempts, reason: outcome.reason }, 'A text message could not be sent and is given up.');
      return this.settle(id, 'failed', outcome.reason);
    }
    const seconds = this.pauseSeconds * 3 ** (attempts - 1);
    log.warn({ id, attempts, reason: outcome.reason, seconds }, 'A text message was not taken; it is tried again.');
    await this.database.read.$executeRaw`UPDATE "Message" SET "nextAt" = now() + make_interval(secs => ${seconds}), error = ${outcome.reason} WHERE id = ${id}::uuid`;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.ticking.wake(), seconds * 1_000 + 20).unref();
  }

  /** What fails here fails as the provider does: it is tried again so often, and holds up no other message. */
  private async handOver(id: string, phoneSealed: Uint8Array, textSealed: Uint8Array): Promise<SmsOutcome> {
    try {
      return await this.port.send({ id, phone: this.seal.unseal(phoneSealed), text: this.seal.unseal(textSealed) });
    } catch (error) {
      return { sent: false, again: true, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  private async settle(id: string, status: 'sent' | 'failed', error: string | null): Promise<void> {
    const sentAt = status === 'sent' ? new Date() : null;
    await this.database.read.message.update({ where: { id }, data: { status, error, sentAt, phoneSealed: null, textSealed: null } });
  }
}
