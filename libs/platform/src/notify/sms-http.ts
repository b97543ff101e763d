import type { Settings } from '../config/settings.js';
import { SmsPort, type OutgoingText, type SmsOutcome } from './sms-port.js';

const PATIENCE_MS = 10_000;
/** Answers after which trying again makes sense: too many, timeout, and their own faults. */
const mayWorkLater = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/**
 * The generic provider: POST of `{ id, phone, text, sender }` as JSON to FAIRWIND_SMS_URL, with the id as Idempotency-Key
 * and FAIRWIND_SMS_TOKEN as Bearer token. Any 2xx means sent.
 */
export class SmsHttp extends SmsPort {
  override readonly shownInLog = false;

  constructor(
    private readonly settings: Settings,
    private readonly url: string,
  ) {
    super();
  }

  override async send({ id, phone, text }: OutgoingText): Promise<SmsOutcome> {
    const { smsToken, smsSender } = this.settings;
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        redirect: 'error', // a message must not travel to an address that nobody set
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id, ...(smsToken !== null && { Authorization: `Bearer ${smsToken}` }) },
        body: JSON.stringify({ id, phone, text: `【${smsSender}】${text}`, sender: smsSender }),
      });
      await response.body?.cancel();
      return response.ok ? { sent: true } : { sent: false, again: mayWorkLater(response.status), reason: `status ${response.status}` };
    } catch (error) {
      return { sent: false, again: true, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  }
}
