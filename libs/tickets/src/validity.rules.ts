import type { TicketKind } from '#libs/contracts';

const HOUR = 3_600_000;

/** Hours before the fair's start and after its end in which a ticket lets in. Who builds up and clears away comes earlier and later. */
const entryHours: { readonly [K in TicketKind]: { before: number; after: number } } = {
  visitor: { before: 2, after: 0 },
  walkIn: { before: 2, after: 0 },
  child: { before: 2, after: 0 },
  group: { before: 2, after: 0 },
  employer: { before: 24, after: 6 },
  staff: { before: 24, after: 6 },
};

export interface FairTimes { startsAt: Date; endsAt: Date }
export interface Validity { validFrom: Date; validUntil: Date }

/** When a ticket of this kind lets in; made from the fair's times, so a fair that moves takes its tickets along. */
export function validityOf(kind: TicketKind, { startsAt, endsAt }: FairTimes): Validity {
  const { before, after } = entryHours[kind];
  return { validFrom: new Date(startsAt.getTime() - before * HOUR), validUntil: new Date(endsAt.getTime() + after * HOUR) };
}
