/** A broadcast with its booth, jobs and host for specs, made by the commands that real people use. */
import { randomUUID } from 'node:crypto';
import type { BroadcastKind, Message, PostMessage } from '../../libs/contracts/src/index.js';
import { PlacementService } from '../../libs/booths/src/index.js';
import type { CandidateActor, MemberActor } from '../../libs/identity/src/index.js';
import type { JobRow } from '../../libs/jobs/src/index.js';
import { Airing, Chat, LiveModule, Scheduling, type BroadcastRow } from '../../libs/live/src/index.js';
import { market, type Market } from './market.js';

export interface Show { broadcast: BroadcastRow; fairId: string; boothId: string; host: MemberActor; jobs: JobRow[] }
export interface ShowOptions { kind?: BroadcastKind; live?: boolean; /** Hours from now. */ starts?: number; ends?: number }

export interface Shows extends Market {
  /** Where an employer stands who can go live. */
  stand(): Promise<Omit<Show, 'broadcast'>>;
  show(options?: ShowOptions): Promise<Show>;
  /** On air; `live` is the default of `show`. */
  viewer(name?: string): Promise<CandidateActor & { deviceId: string }>;
  say(actor: CandidateActor & { deviceId?: string } | MemberActor, broadcastId: string, text: string, kind?: PostMessage['kind']): Promise<Message>;
}

export const hours = (n: number): string => new Date(Date.now() + n * 3_600_000).toISOString();

export async function shows(): Promise<Shows> {
  const testing = await market([LiveModule]);
  const { get } = testing;
  const made: Shows = {
    ...testing,
    async stand() {
      const { id: fairId, zoneA } = await testing.fair();
      const host = await testing.verified();
      const [booth] = await get(PlacementService).layOut(testing.organiser, fairId, { zoneId: zoneA, count: 1 });
      await testing.admit(fairId, host, booth!.id);
      const jobs = [await testing.job(host), await testing.job(host, { title: '质检员' })];
      return { fairId, boothId: booth!.id, host, jobs };
    },
    async show({ kind = 'talk', live = true, starts = 0.1, ends = 2 } = {}) {
      const stand = await made.stand();
      const { fairId, boothId, host, jobs } = stand;
      const planned = await get(Scheduling).schedule(host, fairId, {
        boothId, kind, title: '装配工专场', startsAt: hours(starts), endsAt: hours(ends), jobIds: jobs.map(({ id }) => id), hostIds: [host.accountId],
      });
      const broadcast = live ? await get(Airing).changeStatus(host, planned.id, { status: 'live' }) : planned;
      return { ...stand, broadcast };
    },
    async viewer(name = '林小满') {
      return { ...await testing.candidate(undefined, name), deviceId: randomUUID() };
    },
    say: (actor, broadcastId, text, kind = 'chat') =>
      get(Chat).post(actor, broadcastId, { text, kind, deviceId: ('deviceId' in actor && actor.deviceId) || randomUUID() }),
  };
  return made;
}
