/** Invented queues, times and a village station of the demo fair: three booths where somebody waits, and a clerk who helps two people. */
import type { Type } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Booths } from '#libs/booths';
import { LinkUses, Members, OrganisationCommands, type CandidateActor, type MemberActor } from '#libs/identity';
import { Bookings, PlaceJoining, QueueControl, SlotPublishing, StationRegistry } from '#libs/interviews';
import { Registration } from '#libs/tickets';

interface Standing { actor: MemberActor; jobIds: string[] }
interface Demo { fairId: string; standing: readonly Standing[]; people: readonly CandidateActor[]; admin: MemberActor; password: string }
type Get = <T>(type: Type<T>) => T;

export const station = { name: '澜溪村就业驿站（演示）', regionCode: '350122', loginName: 'zhong', displayName: '钟站长' } as const;
/** 999999 is no region, so these are nobody's numbers. */
const villagers = [
  { name: '蓝阿婆', idNumber: '999999195603120011', education: '小学', experienceYears: 30, wish: '家门口的活，能坐着做' },
  { name: '雷春生', idNumber: '99999919680904002X', education: '初中', experienceYears: 22, wish: '跟车装卸，包吃住' },
] as const;
/** Who waits where: a booth's place in the list, and the candidates'. */
const waiting: readonly (readonly number[])[] = [[0, 3, 7, 10], [6, 2], [5]];

/** All of it by the commands that real people use. */
export async function demoInterviews(get: Get, { fairId, standing, people, admin, password }: Demo): Promise<void> {
  const stands = await Promise.all(standing.slice(0, waiting.length).map(async (each) => ({ ...each, boothId: (await get(Booths).boothOf(fairId, each.actor.organisationId))?.id as string })));
  for (const [n, { actor, boothId, jobIds }] of stands.entries()) {
    await get(QueueControl).set(actor, boothId, { status: 'open', minutes: 8, limit: n === 1 ? 20 : null });
    for (const [place, who] of (waiting[n] ?? []).entries()) {
      const person = people[who] as CandidateActor;
      await get(PlaceJoining).join(person, { accountId: person.accountId, stationId: null }, boothId, { mode: place % 2 === 0 ? 'online' : 'onSite', jobId: jobIds[place % jobIds.length], consent: true });
    }
  }
  const [first, second] = stands as [typeof stands[number], typeof stands[number]];
  const soon = DateTime.now().plus({ minutes: 90 }).startOf('hour');
  const tomorrow = DateTime.now().setZone('Asia/Shanghai').plus({ days: 1 }).startOf('day').set({ hour: 9 });
  const publish = ({ actor, boothId, jobIds }: typeof first, startsAt: DateTime, count: number) =>
    get(SlotPublishing).publish(actor, { boothId, jobId: jobIds[0], startsAt: startsAt.toUTC().toISO() as string, minutes: 15, gap: 5, count });
  const today = await publish(first, soon, 4);
  await publish(first, tomorrow, 6);
  await publish(second, tomorrow, 4);
  const booker = people[1] as CandidateActor;
  await get(Bookings).book(booker, { accountId: booker.accountId, stationId: null }, today[1]?.id as string, { consent: true });
  await demoStation(get, { fairId, boothId: first.boothId, admin, password });
}

/** Two people who are there today; the first waits in a queue, both have a ticket. */
async function demoStation(get: Get, { fairId, boothId, admin, password }: { fairId: string; boothId: string; admin: MemberActor; password: string }): Promise<void> {
  const { name, regionCode, loginName, displayName } = station;
  const { id: organisationId } = await get(OrganisationCommands).createStation(admin, { name, regionCode });
  const { url } = await get(Members).invite(admin, organisationId, 'stationClerk');
  const { signedIn } = await get(LinkUses).use({ token: url.split('/').at(-1) as string, password, loginName, displayName });
  const clerk: MemberActor = { role: 'stationClerk', organisationId, accountId: signedIn.account.accountId };
  for (const [n, person] of villagers.entries()) {
    const accountId = await get(StationRegistry).register(clerk, { ...person, consent: true });
    await get(Registration).register(accountId, fairId);
    if (n === 0) await get(PlaceJoining).join(clerk, { accountId, stationId: organisationId }, boothId, { mode: 'online', consent: true });
  }
}
