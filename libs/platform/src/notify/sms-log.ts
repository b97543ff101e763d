import { Log } from '../logging/log.js';
import { SmsPort, type OutgoingText, type SmsOutcome } from './sms-port.js';

const log = Log.named('sms');

/** Nobody sends: the message is shown in the log, and it says so. For trying things out, on one's own machine. */
export class SmsLog extends SmsPort {
  override readonly shownInLog = true;

  override send({ phone, text }: OutgoingText): Promise<SmsOutcome> {
    log.warn({ to: `${phone.slice(0, -8)}****${phone.slice(-4)}`, text }, 'No text message was sent, because FAIRWIND_SMS_URL is not set; this is what it says.');
    return Promise.resolve({ sent: true });
  }
}
