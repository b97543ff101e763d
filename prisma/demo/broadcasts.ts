/** Invented broadcasts of the demo fair: one that comes today, a tour that comes tomorrow, one that was. Titles carry （演示）. */
import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Booths } from '#libs/booths';
import type { CandidateActor, MemberActor } from '#libs/identity';
import { Airing, Cards, Chat, Moderating, Scheduling } from '#libs/live';

interface Standing { demo: { zone: string }; actor: MemberActor; jobIds: string[] }
interface Demo { fairId: string; standing: readonly Standing[]; people: readonly CandidateActor[] }
type Get = <T>(type: Type<T>) => T;

const zone = 'Asia/Shanghai';
const iso = (at: DateTime): string => at.toUTC().toISO() as string;

const talk: readonly [who: number | 'host', text: string, question?: true][] = [
  ['host', '大家好，今天讲装配工和质检员两个岗位，工资和住宿都会说清楚。'],
  [0, '主播好'],
  [1, '两班倒怎么倒？', true],
  ['host', '早八晚八，半个月换一次，夜班每班补 30 元。'],
  [2, '住宿几个人一间', true],
  [3, '五险一金什么时候交', true],
  ['host', '入职当月就交。不收任何费用，谁找你收押金就举报。'],
  [1, '没有经验可以来吗'],
  [4, '已经投了'],
];

/** Schedules them, and lets one happen. No media are made: it ends without a recording. */
export async function demoBroadcasts(get: Get, { fairId, standing, people }: Demo): Promise<void> {
  const [first, second, third] = standing as [Standing, Standing, Standing];
  const now = DateTime.now().setZone(zone);
  const plan = async ({ actor, jobIds }: Standing, title: string, kind: 'talk' | 'tour', startsAt: DateTime, minutes: number) => get(Scheduling).schedule(actor, fairId, {
    boothId: (await get(Booths).boothOf(fairId, actor.organisationId))?.id as string, kind, title, jobIds: jobIds.slice(0, 4), hostIds: [actor.accountId],
    startsAt: iso(startsAt), endsAt: iso(startsAt.plus({ minutes })),
  });
  await plan(second, '包装工、分拣工专场（演示）', 'talk', now.plus({ hours: 2 }).startOf('hour'), 60);
  await plan(third, '带你看车间和宿舍（演示）', 'tour', now.plus({ days: 1 }).startOf('day').set({ hour: 10 }), 40);
  const { id } = await plan(first, '装配工、质检员专场（演示）', 'talk', now, 30);
  await get(Airing).changeStatus(first.actor, id, { status: 'live' });
  await get(Cards).pin(first.actor, id, first.jobIds[0] as string);
  const devices = people.map(() => randomUUID());
  for (const [who, text, question] of talk) {
    const [actor, deviceId] = who === 'host' ? [first.actor, randomUUID()] : [people[who] as CandidateActor, devices[who] as string];
    const message = await get(Chat).post(actor, id, { kind: question ? 'question' : 'chat', text, deviceId });
    if (question) await get(Moderating).markAnswered(first.actor, message.id);
  }
  for (const [n, person] of people.slice(0, 6).entries()) {
    await get(Cards).see(person, id, { jobId: first.jobIds[0] as string, what: n % 2 === 0 ? 'tapped' : 'saw', deviceId: devices[n] as string });
  }
  await get(Airing).changeStatus(first.actor, id, { status: 'ended' });
}
