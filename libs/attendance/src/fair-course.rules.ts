/**
 * What was true at a fair at a moment, from the log's facts and from what is true now: the first change after the moment says
 * what was until then, and without one it was as it is now. So what no fact tells of (a fair's first status) is right, too.
 */
import type { EventMap, FairStatus, TicketStatus } from '#libs/contracts';

export type CourseType = 'fair.statusChanged' | 'fair.rescheduled' | 'fair.stopChanged' | 'zone.lockChanged' | 'ticket.cancelled' | 'ticket.revoked';
/** `order`: when, microseconds since 1970. */
export type CourseFact = { [T in CourseType]: { type: T; data: EventMap[T]; order: number } }[CourseType];

/** `from`: what was until then. */
interface Change<T> { order: number; from: T }

export class FairCourse {
  private readonly statuses: Change<FairStatus>[] = [];
  private readonly stops: Change<boolean>[] = [];
  private readonly plans: Change<{ startsAt: Date; endsAt: Date }>[] = [];
  private readonly locks = new Map<string, Change<boolean>[]>();
  private readonly tickets = new Map<string, Change<TicketStatus>[]>();

  /** @param facts in the order of the log */
  constructor(facts: readonly CourseFact[]) {
    for (const fact of facts) this.read(fact);
  }

  fairStatus(order: number, now: FairStatus): FairStatus {
    return before(this.statuses, order, now);
  }

  /** 全场停入. */
  stopped(order: number, now: boolean): boolean {
    return before(this.stops, order, now);
  }

  /** 提前锁闸 of this zone alone, not of those around it. */
  locked(zoneId: string, order: number, now: boolean): boolean {
    return before(this.locks.get(zoneId), order, now);
  }

  /** Of a ticket whose facts were read. One that is valid again since (registered anew) was never anything else. */
  ticketStatus(ticketId: string, order: number, now: TicketStatus): TicketStatus {
    return now === 'valid' ? now : before(this.tickets.get(ticketId), order, now);
  }

  /** The fair's times then, if it was moved since; null: as they are now. */
  timesBefore(order: number): { startsAt: Date; endsAt: Date } | null {
    return before<{ startsAt: Date; endsAt: Date } | null>(this.plans, order, null);
  }

  private read({ type, data, order }: CourseFact): void {
    switch (type) {
      case 'fair.statusChanged': this.statuses.push({ order, from: data.from }); return;
      case 'fair.stopChanged': this.stops.push({ order, from: !data.stopped }); return;
      case 'fair.rescheduled': this.plans.push({ order, from: { startsAt: new Date(data.from.startsAt), endsAt: new Date(data.from.endsAt) } }); return;
      case 'zone.lockChanged': listOf(this.locks, data.zoneId).push({ order, from: !data.locked }); return;
      case 'ticket.cancelled': listOf(this.tickets, data.ticketId).push({ order, from: 'valid' }); return;
      case 'ticket.revoked': {
        // A place that it frees was a valid ticket's; else one that was cancelled before has stayed so.
        const known = listOf(this.tickets, data.ticketId);
        known.push({ order, from: data.placeFreed || known.length === 0 ? 'valid' : 'cancelled' });
      }
    }
  }
}

/** A change holds from its own moment on. */
function before<T>(changes: readonly Change<T>[] | undefined, order: number, now: T): T {
  const next = changes?.find((change) => change.order > order);
  return next ? next.from : now;
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
