import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, Timers, type Tx } from '#libs/platform';

const hour = 3_600_000;
const day = 24 * hour;

/** Ten minutes after a start and then once a day: deletes codes, links and refresh tokens that are of no use any more. */
@Injectable()
export class Sweep implements OnModuleInit {
  constructor(private readonly database: Database, private readonly timers: Timers) {}

  async onModuleInit(): Promise<void> {
    this.timers.handle('identity.sweep', async (tx) => {
      await sweep(tx, new Date());
      await this.schedule(tx, day);
    });
    await this.database.transaction((tx) => this.schedule(tx, 600_000));
  }

  private schedule(tx: Tx, wait: number): Promise<void> {
    return this.timers.schedule(tx, 'identity.sweep', 'daily', new Date(Date.now() + wait));
  }
}

/** Codes an hour after their end; refresh tokens and links 30 days after theirs, so that a late reuse is still told from nonsense. */
export async function sweep(tx: Tx, now: Date): Promise<void> {
  await tx.phoneCode.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - hour) } } });
  await tx.refreshToken.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - 30 * day) } } });
  await tx.oneTimeLink.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - 30 * day) } } });
}
