import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Consumers, reactor } from '#libs/events';
import { Members, Vault } from '#libs/identity';
import { Database, Settings, Timers, type Interview, type Tx } from '#libs/platform';
import { Recordings, Rooms } from '#libs/rooms';
import { InterviewStates } from './interview-states.js';
import { timerNames } from './interview-timers.js';
import { DESERTED_AFTER } from './interview.rules.js';
import { Interviews } from './interviews.js';
import { deletedOn } from './recording.rules.js';

/** What follows for interviews by itself: from their media, from a consent that was taken back, and from time alone. */
@Injectable()
export class InterviewReactors implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly timers: Timers,
    private readonly interviews: Interviews,
    private readonly states: InterviewStates,
    private readonly rooms: Rooms,
    private readonly recordings: Recordings,
    private readonly vault: Vault,
    private readonly members: Members,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.consumers.add(reactor({
      name: 'interviews.media', types: ['room.mediaChanged'],
      // A browser that was killed, a node that died: the interview stays, and somebody has a while to come back.
      react: async ({ data }) => {
        if (data.kind === 'interview' && !data.publishing) await this.watch(data.ownerId);
      },
    }));
    this.consumers.add(reactor({
      name: 'interviews.meeting-consent', types: ['consent.withdrawn'],
      react: async ({ data }) => {
        if (data.purpose === 'interview') await this.leave(data.accountId, data.organisationId);
      },
    }));
    this.consumers.add(reactor({
      name: 'interviews.recording-kept', types: ['recording.ended'],
      react: async ({ data }) => {
        if (data.kind === 'interview') await this.keep(data.ownerId, data.recordingId);
      },
    }));
    this.consumers.add(reactor({
      name: 'interviews.member', types: ['member.removed', 'member.statusChanged'],
      react: ({ data: { organisationId, accountId } }) => this.shutOut(organisationId, accountId),
    }));
    this.timers.handle(timerNames.missed, async (tx, { key }) => this.late(tx, key));
    this.timers.handle(timerNames.deserted, async (tx, { key }) => this.desert(tx, key));
    this.timers.handle(timerNames.longest, async (tx, { key }) => void (await this.states.end(tx, await this.interviews.lock(tx, key), null)));
    this.timers.handle(timerNames.kept, (_tx, { key }) => this.recordings.remove(key));
  }

  /** The call's time may have been moved since the timer was set. */
  private async late(tx: Tx, interviewId: string): Promise<void> {
    const interview = await this.interviews.lock(tx, interviewId);
    const { status, callUntil } = interview;
    if (status !== 'called') return;
    if (callUntil !== null && callUntil > new Date(Date.now() + 500)) return this.timers.schedule(tx, timerNames.missed, interviewId, callUntil);
    await this.states.miss(tx, interview, null);
  }

  private async watch(interviewId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { status } = await this.interviews.lock(tx, interviewId);
      if (status === 'running') await this.timers.schedule(tx, timerNames.deserted, interviewId, new Date(Date.now() + DESERTED_AFTER));
    });
  }

  /** No media, and no interviewer who writes: it is over. Who writes is there, with whatever media; they are looked for again later. */
  private async desert(tx: Tx, interviewId: string): Promise<void> {
    const interview = await this.interviews.lock(tx, interviewId);
    if (interview.status !== 'running' || interview.roomId === null || (await this.rooms.isPublishing(interview.roomId, tx))) return;
    const wrote = await tx.interviewMessage.findFirst({ where: { interviewId, accountId: { not: interview.accountId } }, orderBy: { seq: 'desc' }, select: { sentAt: true } });
    const until = new Date((wrote?.sentAt.getTime() ?? 0) + DESERTED_AFTER);
    if (until > new Date()) return this.timers.schedule(tx, timerNames.deserted, interviewId, until);
    await this.states.end(tx, interview, null);
  }

  /** Read as it is now: a yes that was given again meanwhile keeps the meeting. */
  private async leave(accountId: string, organisationId: string): Promise<void> {
    if ((await this.interviews.consenting(organisationId, [accountId])).has(accountId)) return;
    await this.endAll({ accountId, organisationId });
  }

  /** A colleague who is gone leaves the meetings that go on. Read as it is now: who is back stays. */
  private async shutOut(organisationId: string, accountId: string): Promise<void> {
    if (await this.members.areAll(organisationId, [accountId])) return;
    const open = await this.database.read.interview.findMany({
      where: { organisationId, status: { in: ['called', 'running'] }, roomId: { not: null }, interviewers: { some: { accountId } } }, select: { roomId: true },
    });
    for (const { roomId } of open) await this.database.transaction((tx) => this.rooms.shutOut(tx, roomId!, accountId, 'not a member any more'));
  }

  /** Ends what goes on. */
  private async endAll(where: { accountId: string; organisationId: string }): Promise<void> {
    const open: Pick<Interview, 'id'>[] = await this.database.read.interview.findMany({ where: { ...where, status: { in: ['called', 'running'] } }, select: { id: true } });
    for (const { id } of open) await this.database.transaction(async (tx) => void (await this.states.end(tx, await this.interviews.lock(tx, id), null)));
  }

  /** Under the interview's lock, as the deletion of a person's data: what ends after it goes at once. */
  private async keep(interviewId: string, recordingId: string): Promise<void> {
    const recording = await this.recordings.find(recordingId);
    if (!recording?.endedAt) return;
    const until = deletedOn(recording.endedAt, this.settings.interviewRecordingDays);
    await this.database.transaction(async (tx) => {
      const { accountId } = await this.interviews.lock(tx, interviewId);
      const erased = !(await this.vault.keys([accountId], tx)).has(accountId);
      await this.timers.schedule(tx, timerNames.kept, recordingId, erased ? new Date() : until);
    });
  }
}
