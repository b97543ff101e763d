import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PhoneCodeAsked } from '#libs/contracts';
import { Context, Database, Limits, limitTable, newId, Notify, Seal, type Tx } from '#libs/platform';
import { Vault } from './vault.js';

/** Seconds that a code is good for. */
export const phoneCodeSeconds = 300;
/** How often one code may be tried. */
export const phoneCodeAttempts = 5;

/** One-time codes that prove a phone. The same is done and answered for known and unknown phones: the account comes with the sign-in. */
@Injectable()
export class PhoneCodes {
  constructor(
    private readonly database: Database,
    private readonly seal: Seal,
    private readonly vault: Vault,
    private readonly notify: Notify,
    private readonly limits: Limits,
  ) {}

  /**
   * Sends a code; only the newest one counts.
   * @param phone `+86…`
   * @param device an id of the browser; its owner can throw it away
   * Throws `tooManyRequests`: once a minute and ten times a day a phone, and by device and address.
   */
  async ask(phone: string, device: string, address: string): Promise<PhoneCodeAsked> {
    const phoneHash = this.vault.phoneHash(phone);
    await this.limits.take('phoneCodeByAddress', address);
    await this.limits.take('phoneCodeByDevice', device);
    await this.limits.take('phoneCodeByPhone', phoneHash);
    await this.limits.take('phoneCodeByPhoneDay', phoneHash);
    const code = randomInt(1_000_000).toString().padStart(6, '0');
    const id = newId();
    await this.database.transaction(async (tx) => {
      const expiresAt = new Date(Date.now() + phoneCodeSeconds * 1000);
      await tx.phoneCode.deleteMany({ where: { phoneHash } });
      await tx.phoneCode.create({ data: { id, phoneHash, codeHash: this.hash(phoneHash, code), expiresAt } });
      await this.notify.sms(tx, { cause: `phone code ${id}`, phone, text: wording(code) });
    });
    return { expiresIn: phoneCodeSeconds, retryIn: limitTable.phoneCodeByPhone.seconds, shownInLog: this.notify.shownInLog };
  }

  /** Uses the newest code of this phone. Wrong, late, used or tried too often: false, and the attempt is kept. */
  async redeem(tx: Tx, phone: string, code: string): Promise<boolean> {
    const phoneHash = this.vault.phoneHash(phone);
    const [row] = await tx.$queryRaw<{ id: string; codeHash: string; attempts: number; good: boolean }[]>`
      SELECT id, "codeHash", attempts, ("usedAt" IS NULL AND "expiresAt" > clock_timestamp()) AS good
      FROM "PhoneCode" WHERE "phoneHash" = ${phoneHash} ORDER BY "createdAt" DESC, id DESC LIMIT 1 FOR UPDATE`;
    if (!row?.good || row.attempts >= phoneCodeAttempts) return false;
    const right = timingSafeEqual(Buffer.from(row.codeHash), Buffer.from(this.hash(phoneHash, code)));
    await tx.phoneCode.update({ where: { id: row.id }, data: { attempts: { increment: 1 }, ...(right ? { usedAt: new Date() } : {}) } });
    return right;
  }

  private hash(phoneHash: string, code: string): string {
    return this.seal.hash(`phone code:${phoneHash}:${code}`);
  }
}

function wording(code: string): string {
  return Context.current().language === 'en'
    ? `Your code is ${code}. It is good for 5 minutes. Never tell it to anybody.`
    : `验证码 ${code}，5 分钟内有效。请不要告诉任何人。`;
}
