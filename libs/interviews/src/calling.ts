import { Injectable } from '@nestjs/common';
import type { Actor, InterviewStatus, PlaceMode } from '#libs/contracts';
import { Events } from '#libs/events';
import { actorId } from '#libs/identity';
import { DomainError, newId, Prisma, Timers, type Interview, type Reader, type Tx } from '#libs/platform';
import { Rooms } from '#libs/rooms';
import { timerNames } from './interview-timers.js';

/** A place or a booking whose candidate is called to a recruiter now. */
export interface NewCall {
  fairId: string; boothId: string; organisationId: string; jobId: string | null;
  accountId: string; stationId: string | null;
  placeId: string | null; bookingId: string | null;
  mode: PlaceMode;
  /** The recruiter. */
  leaderId: string;
  /** Planned for it. */
  minutes: number;
  /** The call is missed after that. */
  callUntil: Date;
}

const open: { status: { in: InterviewStatus[] } } = { status: { in: ['called', 'running'] } };

/** What an interview came out of: told in the transaction that changes the interview's status. */
export interface CallSource {
  /** The candidate came. */
  began(tx: Tx, interview: Interview): Promise<void>;
  missed(tx: Tx, interview: Interview): Promise<void>;
  /** It ended, or was cancelled before it began. */
  ended(tx: Tx, interview: Interview): Promise<void>;
}

/** The one door from a queue's place or a slot's booking to a meeting. */
@Injectable()
export class Calling {
  private readonly sources: CallSource[] = [];

  constructor(private readonly events: Events, private readonly rooms: Rooms, private readonly timers: Timers) {}

  /** Places and bookings hang themselves in; each looks at `placeId` or `bookingId`. */
  add(source: CallSource): void {
    this.sources.push(source);
  }

  /**
   * Makes the interview, with a room if it is online. Appends `interview.called`. Throws `candidateBusy`, `recruiterBusy`: each is in
   * one meeting at a time, held by unique indexes, so `tx` is lost then; ask `busy` first where another may be taken instead.
   */
  async call(tx: Tx, actor: Actor, { leaderId, ...call }: NewCall): Promise<Interview> {
    const { fairId, boothId, organisationId, accountId, mode } = call;
    const scope = { kind: 'fair', id: fairId } as const;
    const id = newId();
    const room = mode === 'online' ? await this.rooms.open(tx, { kind: 'interview', ownerId: id, scope, isPublic: false }) : null;
    const interview = await tx.interview
      .create({ data: { id, ...call, leaderId, roomId: room?.id ?? null, interviewers: { create: { accountId: leaderId } } } })
      .catch((error: unknown) => { throw busyOf(error); });
    await this.timers.schedule(tx, timerNames.missed, id, call.callUntil);
    await this.events.append(tx, 'interview.called', scope, { fairId, boothId, organisationId, interviewId: id, accountId, stationId: call.stationId }, { actorId: actorId(actor) });
    return interview;
  }

  /**
   * Takes a call back that was not answered: `missed` by the candidate, or `cancelled` from the queue's or the slot's side. Closes
   * the room, appends `interview.statusChanged` and tells the sources. Answers false when it is not `called` any more.
   */
  async takeBack(tx: Tx, actor: Actor | null, interviewId: string, to: 'missed' | 'cancelled'): Promise<boolean> {
    const now = new Date();
    const [interview] = await tx.interview.updateManyAndReturn({ where: { id: interviewId, status: 'called' }, data: { status: to, endedAt: now } });
    if (!interview) return false;
    if (interview.roomId) await this.rooms.close(tx, interview.roomId);
    const { fairId, boothId, organisationId, accountId } = interview;
    await this.events.append(tx, 'interview.statusChanged', { kind: 'fair', id: fairId },
      { fairId, boothId, organisationId, interviewId, accountId, from: 'called', to, stationId: interview.stationId }, { actorId: actor && actorId(actor) });
    await (to === 'missed' ? this.missed(tx, interview) : this.ended(tx, interview));
    return true;
  }

  /** Who of these people is called or in a meeting now. */
  async busy(reader: Reader, accountIds: readonly string[]): Promise<Set<string>> {
    const rows = await reader.interview.findMany({ where: { accountId: { in: [...accountIds] }, ...open }, select: { accountId: true } });
    return new Set(rows.map(({ accountId }) => accountId));
  }

  /** Who of these recruiters leads a meeting now, or has called somebody to one. */
  async busyLeaders(reader: Reader, accountIds: readonly string[]): Promise<Set<string>> {
    const rows = await reader.interview.findMany({ where: { leaderId: { in: [...accountIds] }, ...open }, select: { leaderId: true } });
    return new Set(rows.map(({ leaderId }) => leaderId));
  }

  /** At which of these stations somebody is called or in a meeting now: its computer is for one at a time. */
  async busyStations(reader: Reader, stationIds: readonly string[]): Promise<Set<string>> {
    const rows = await reader.interview.findMany({ where: { stationId: { in: [...stationIds] }, ...open }, select: { stationId: true } });
    return new Set(rows.flatMap(({ stationId }) => stationId ?? []));
  }

  /** A station's computer is for one at a time: whoever calls there holds it until the commit. False: it is taken, or just being taken. */
  async holdStation(tx: Tx, stationId: string): Promise<boolean> {
    const [{ held }] = await tx.$queryRaw<[{ held: boolean }]>`SELECT pg_try_advisory_xact_lock(hashtextextended(${`interviews: station ${stationId}`}, 0)) AS held`;
    return held && (await this.busyStations(tx, [stationId])).size === 0;
  }

  async began(tx: Tx, interview: Interview): Promise<void> {
    for (const source of this.sources) await source.began(tx, interview);
  }

  async missed(tx: Tx, interview: Interview): Promise<void> {
    for (const source of this.sources) await source.missed(tx, interview);
  }

  async ended(tx: Tx, interview: Interview): Promise<void> {
    for (const source of this.sources) await source.ended(tx, interview);
  }
}

/** Which of the two unique indexes was met. */
function busyOf(error: unknown): unknown {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return error;
  return new DomainError(JSON.stringify(error.meta ?? {}).includes('leaderId') ? 'recruiterBusy' : 'candidateBusy', {}, error);
}
