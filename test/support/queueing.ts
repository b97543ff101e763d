/** Queues, slots and stations for specs: booths with recruiters, people who wait, and time that comes when a spec says so. */
import type { JoinQueue, PublishSlots } from '../../libs/contracts/src/index.js';
import { PlacementService } from '../../libs/booths/src/index.js';
import { Consumers } from '../../libs/events/src/index.js';
import { Members, OrganisationCommands, LinkUses, type CandidateActor, type MemberActor } from '../../libs/identity/src/index.js';
import { Bookings, type Booked } from '../../libs/interviews/src/bookings.js';
import { InterviewStates } from '../../libs/interviews/src/interview-states.js';
import { Interviews } from '../../libs/interviews/src/interviews.js';
import { PlaceCalling } from '../../libs/interviews/src/place-calling.js';
import { PlaceJoining } from '../../libs/interviews/src/place-joining.js';
import { QueueControl } from '../../libs/interviews/src/queue-control.js';
import { SlotPublishing } from '../../libs/interviews/src/slot-publishing.js';
import { newId, Notify, Timers, type Interview, type QueuePlace, type Slot, type TextMessage } from '../../libs/platform/src/index.js';
import { goodPassword } from './identity.js';
import { meetings, type Desk, type Meetings } from './meetings.js';

export interface Queueing extends Meetings {
  /** Another recruiter of the same employer. */
  member(employer: MemberActor): Promise<MemberActor>;
  /** A desk whose queue is open. */
  open(limit?: number): Promise<Desk>;
  join(desk: Desk, person: CandidateActor, change?: Partial<JoinQueue>): Promise<QueuePlace>;
  next(desk: Desk, recruiter?: MemberActor, placeId?: string): Promise<Interview>;
  place(id: string): Promise<QueuePlace>;
  /** Begins or ends a meeting. */
  meet(interview: Interview, how: 'begin' | 'end' | 'miss'): Promise<void>;
  publish(desk: Desk, change?: Partial<PublishSlots>): Promise<Slot[]>;
  book(person: CandidateActor, slotId: string): Promise<Booked>;
  slot(id: string): Promise<Slot>;
  /** Everything that was appended was followed. */
  settled(): Promise<void>;
  /** Lets a timer's time come, and does it. */
  due(name: string, key: string): Promise<void>;
  /** What text messages to a person say, the oldest first. */
  texts(person: { accountId: string }): string[];
  station(): Promise<MemberActor>;
}

export const minutes = (n: number): string => new Date(Date.now() + n * 60_000).toISOString();

export async function queueing(): Promise<Queueing> {
  const testing = await meetings();
  const { get, database } = testing;
  // What is sent keeps no text: it is noted on its way.
  const [sent, notify]: [TextMessage[], Notify] = [[], get(Notify)];
  const sms = notify.sms.bind(notify);
  notify.sms = async (tx, message) => {
    sent.push(message);
    await sms(tx, message);
  };
  const made: Queueing = {
    ...testing,
    // Each desk is another employer's at another fair: a spec may close what is its own.
    async desk() {
      const { id: fairId, zoneA } = await testing.fair();
      const recruiter = await testing.verified();
      const [booth] = await get(PlacementService).layOut(testing.organiser, fairId, { zoneId: zoneA, count: 1 });
      await testing.admit(fairId, recruiter, booth!.id);
      return { fairId, boothId: booth!.id, recruiter, colleague: await made.member(recruiter), job: await testing.job(recruiter) };
    },
    async member({ organisationId }) {
      const accountId = newId();
      await database.read.account.create({ data: { id: accountId, kind: 'staff', displayName: '陈同事' } });
      await database.read.membership.create({ data: { id: newId(), accountId, organisationId, role: 'recruiter' } });
      return { role: 'recruiter', accountId, organisationId };
    },
    async open(limit) {
      const desk = await made.desk();
      await get(QueueControl).set(desk.recruiter, desk.boothId, { status: 'open', limit });
      return desk;
    },
    join: (desk, person, change = {}) =>
      get(PlaceJoining).join(person, { accountId: person.accountId, stationId: null }, desk.boothId, { mode: 'online', consent: true, ...change }),
    next: (desk, recruiter = desk.recruiter, placeId) => get(PlaceCalling).next(recruiter, desk.boothId, { placeId }),
    place: (id) => database.read.queuePlace.findUniqueOrThrow({ where: { id } }),
    meet: (interview, how) => database.transaction(async (tx) => void (await get(InterviewStates)[how](tx, await get(Interviews).lock(tx, interview.id), null))),
    publish: (desk, change = {}) => get(SlotPublishing).publish(desk.recruiter, { boothId: desk.boothId, startsAt: minutes(60), minutes: 15, count: 3, ...change }),
    book: (person, slotId) => get(Bookings).book(person, { accountId: person.accountId, stationId: null }, slotId, { consent: true }),
    slot: (id) => database.read.slot.findUniqueOrThrow({ where: { id } }),
    settled: () => get(Consumers).settled(),
    async due(name, key) {
      await database.transaction(async (tx) => {
        const timer = await tx.timer.findUniqueOrThrow({ where: { name_key: { name, key } } });
        await get(Timers)['handlers'].get(name)!(tx, timer);
      });
    },
    texts: ({ accountId }) => sent.filter((message) => message.accountId === accountId).map(({ text }) => text),
    async station() {
      const { id } = await get(OrganisationCommands).createStation(testing.organiser, { name: '澜溪村就业驿站', regionCode: '350122' });
      const { url } = await get(Members).invite(testing.organiser, id, 'stationClerk');
      const { signedIn } = await get(LinkUses).use({ token: url.split('/').at(-1)!, password: goodPassword, loginName: `z-${id.slice(-12)}`, displayName: '钟站长' });
      return { role: 'stationClerk', accountId: signedIn.account.accountId, organisationId: id };
    },
  };
  return made;
}
