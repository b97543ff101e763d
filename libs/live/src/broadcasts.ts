import { Injectable } from '@nestjs/common';
import type { Actor, BroadcastStatus, MyPlace } from '#libs/contracts';
import { Fairs, type FairRow } from '#libs/fairs';
import { isEmployer, isMember } from '#libs/identity';
import { Database, DomainError, type Broadcast, type Reader, type Tx } from '#libs/platform';

/** A broadcast as its row. */
export type BroadcastRow = Broadcast;
export type LiveRole = MyPlace['role'];

/** Reading broadcasts, and who may see and do what with them; what changes them lies beside. */
@Injectable()
export class Broadcasts {
  constructor(
    private readonly database: Database,
    private readonly fairs: Fairs,
  ) {}

  /** Throws `notFound`. */
  async require(broadcastId: string, reader: Reader = this.database.read): Promise<BroadcastRow> {
    return (await reader.broadcast.findUnique({ where: { id: broadcastId } })) ?? notFound();
  }

  /** The row, locked against every other command and every message until `tx` ends. Throws `notFound`. */
  async lock(tx: Tx, broadcastId: string): Promise<BroadcastRow> {
    const [row] = await tx.$queryRaw<BroadcastRow[]>`SELECT * FROM "Broadcast" WHERE id = ${broadcastId}::uuid FOR NO KEY UPDATE`;
    return row ?? notFound();
  }

  /**
   * A broadcast that this actor may see, and what they are to it. A cancelled one, and one of a fair that they may not see,
   * is `notFound` for all but those who work on it.
   */
  async requireVisible(actor: Actor, broadcastId: string, reader: Reader = this.database.read): Promise<{ broadcast: BroadcastRow; fair: FairRow; role: LiveRole }> {
    const broadcast = await this.require(broadcastId, reader);
    const fair = await this.fairs.require(broadcast.fairId, reader);
    const role = await this.roleOf(actor, broadcast, fair, reader);
    if (role === 'viewer' && !isColleague(actor, broadcast)) {
      await this.fairs.requireVisible(actor, fair.id, reader);
      if (broadcast.status === 'cancelled') notFound();
    }
    return { broadcast, fair, role };
  }

  /** Its hosts are hosts; administrators of its employer and the fair's organiser are moderators; all others are viewers. */
  async roleOf(actor: Actor, broadcast: BroadcastRow, fair: FairRow, reader: Reader = this.database.read): Promise<LiveRole> {
    if (!isMember(actor)) return 'viewer';
    if (this.fairs.isOwn(actor, fair)) return 'moderator';
    if (actor.organisationId !== broadcast.organisationId) return 'viewer';
    const { id: broadcastId } = broadcast;
    const host = await reader.broadcastHost.findUnique({ where: { broadcastId_accountId: { broadcastId, accountId: actor.accountId } } });
    if (host) return 'host';
    return actor.role === 'employerAdmin' ? 'moderator' : 'viewer';
  }

  /** For who sees to its chat: hosts, its employer's administrators, the fair's organiser. Throws `notFound`, `forbidden`. */
  async requireModerator(actor: Actor, broadcastId: string, reader?: Reader): Promise<BroadcastRow> {
    const { broadcast, role } = await this.requireVisible(actor, broadcastId, reader);
    if (role === 'viewer') throw new DomainError('forbidden');
    return broadcast;
  }

  /** For who makes it: its hosts and its employer's administrators. Throws `notFound`, `forbidden`. */
  async requireCrew(actor: Actor, broadcastId: string, reader?: Reader): Promise<BroadcastRow> {
    const { broadcast, role } = await this.requireVisible(actor, broadcastId, reader);
    if (role === 'viewer' || !isColleague(actor, broadcast)) throw new DomainError('forbidden');
    return broadcast;
  }

  /** One of the actor's own employer, locked. Throws `notFound`. */
  async lockOwn(tx: Tx, actor: Actor, broadcastId: string): Promise<BroadcastRow> {
    const broadcast = await this.lock(tx, broadcastId);
    return isColleague(actor, broadcast) ? broadcast : notFound();
  }

  /** Hosts' account ids by broadcast id. */
  async hostsOf(broadcastIds: readonly string[], reader: Reader = this.database.read): Promise<Map<string, string[]>> {
    const rows = await reader.broadcastHost.findMany({ where: { broadcastId: { in: [...broadcastIds] } }, orderBy: { accountId: 'asc' } });
    const hosts = new Map<string, string[]>();
    for (const { broadcastId, accountId } of rows) hosts.set(broadcastId, [...(hosts.get(broadcastId) ?? []), accountId]);
    return hosts;
  }

  /** Its jobs in the order in which they are shown. */
  async jobIdsOf(broadcastId: string, reader: Reader = this.database.read): Promise<string[]> {
    const rows = await reader.broadcastJob.findMany({ where: { broadcastId }, orderBy: { place: 'asc' } });
    return rows.map(({ jobId }) => jobId);
  }
}

export const isColleague = (actor: Actor, broadcast: Pick<BroadcastRow, 'organisationId'>): boolean => isEmployer(actor) && actor.organisationId === broadcast.organisationId;

const words: Record<BroadcastStatus, { zh: string; en: string }> = {
  scheduled: { zh: '未开始', en: 'scheduled' }, rehearsing: { zh: '彩排中', en: 'rehearsing' }, live: { zh: '直播中', en: 'live' },
  paused: { zh: '暂停', en: 'paused' }, ended: { zh: '已结束', en: 'ended' }, cancelled: { zh: '已取消', en: 'cancelled' },
};

/** `broadcastStateRefused` in the language of who asks. */
export function stateRefused(status: BroadcastStatus, language: 'zh' | 'en'): DomainError {
  return new DomainError('broadcastStateRefused', { status: words[status][language] });
}

function notFound(): never {
  throw new DomainError('notFound');
}
