/** People with an account, and fairs that all of them want to go to. */
import { createHmac, randomUUID } from 'node:crypto';
import { Database, Keys, Seal, Settings } from '#libs/platform';
import { TicketKeys } from '#libs/tickets';
import { benchKeys } from '../scan/hall.js';

/** What the database holds of a fair when all have been answered. */
export interface Outcome { registered: number; tickets: number; events: number }

export class BenchFairs {
  private constructor(private readonly database: Database, private readonly organiserId: string, readonly accounts: string[]) {}

  /** Fills a migrated database. */
  static async make(url: string, people: number): Promise<BenchFairs> {
    const database = new Database({ url, connections: 4 });
    const organiserId = randomUUID();
    await database.read.organisation.create({ data: { id: organiserId, kind: 'organiser', name: '人社局', regionCode: '350100', department: '人社' } });
    const accounts = Array.from({ length: people }, () => randomUUID());
    await database.read.account.createMany({ data: accounts.map((id) => ({ id, kind: 'candidate' as const })) });
    const keys = new Keys(Object.assign(new Settings(), { dataKey: benchKeys.data, hashKey: benchKeys.hash, tokenKey: benchKeys.token }));
    await new TicketKeys(database, new Seal(keys)).signing();
    await database.read.$executeRawUnsafe('ANALYZE');
    return new BenchFairs(database, organiserId, accounts);
  }

  /** A published fair with so many places. */
  async fair(quota: number): Promise<string> {
    const id = randomUUID();
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    await this.database.read.fair.create({
      data: { id, organiserId: this.organiserId, name: '春风专场', channel: 'both', status: 'published', regionCode: '350100', venueName: '会展中心', startsAt: at(24), endsAt: at(32), quota },
    });
    return id;
  }

  async outcome(fairId: string): Promise<Outcome> {
    const { registered } = await this.database.read.fair.findUniqueOrThrow({ where: { id: fairId } });
    const tickets = await this.database.read.ticket.count({ where: { fairId, status: 'valid' } });
    const events = await this.database.read.event.count({ where: { scopeId: fairId, type: 'ticket.registered' } });
    return { registered, tickets, events };
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An access token as the server gives it (libs/identity, access-tokens.ts); of a candidate unless told. */
export function accessToken(accountId: string, claims: object = { role: 'candidate' }): string {
  const now = Math.floor(Date.now() / 1_000) - 1;
  const text = `${part({ alg: 'HS256' })}.${part({ ...claims, iss: 'fairwind', sub: accountId, iat: now, exp: now + 600 })}`;
  return `${text}.${createHmac('sha256', Buffer.from(benchKeys.token, 'hex')).update(text).digest('base64url')}`;
}
