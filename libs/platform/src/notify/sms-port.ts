/** A text message on its way out. */
export interface OutgoingText {
  /** The message's id: a provider that knows idempotency keys sends it once, however often we ask. */
  id: string;
  phone: string;
  text: string;
}

/** What became of it. `again`: it may work later. */
export type SmsOutcome = { sent: true } | { sent: false; again: boolean; reason: string };

/** Whoever sends text messages. Never throws for what a provider answers. */
export abstract class SmsPort {
  /** Messages are not sent but shown in the log. */
  abstract readonly shownInLog: boolean;
  abstract send(message: OutgoingText): Promise<SmsOutcome>;
}
