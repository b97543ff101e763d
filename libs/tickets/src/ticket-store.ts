import { newId, type Prisma, type Ticket, type Tx } from '#libs/platform';
import { newShortCode } from './short-code.js';

/** A ticket that is about to be; its short code is made here, and its id unless a device has made one. */
export type NewTicket = Omit<Prisma.TicketCreateManyInput, 'id' | 'shortCode' | 'createdAt' | 'status'> & { id?: string };

/** A short code is taken once in a hundred million per ticket of the fair: five draws in a row never are. */
const DRAWS = 5;

/**
 * Inserts a ticket with a short code of its own. Answers null when the fair, account or request key has one already; an
 * insert of another transaction that is under way is waited for.
 */
export async function insertTicket(tx: Tx, ticket: NewTicket): Promise<Ticket | null> {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const shortCode = newShortCode();
    const [made] = await tx.ticket.createManyAndReturn({ data: [{ ...ticket, id: ticket.id ?? newId(), shortCode }], skipDuplicates: true });
    if (made) return made;
    const taken = await tx.ticket.count({ where: { fairId: ticket.fairId, shortCode } });
    if (taken === 0) return null;
  }
  throw new Error('five short codes in a row were taken');
}

/** Inserts `count` tickets alike, each with a short code of its own. */
export async function insertTickets(tx: Tx, ticket: NewTicket, count: number): Promise<Ticket[]> {
  const made: Ticket[] = [];
  for (let draw = 0; draw < DRAWS && made.length < count; draw += 1) {
    const data = Array.from({ length: count - made.length }, () => ({ ...ticket, id: newId(), shortCode: newShortCode() }));
    made.push(...await tx.ticket.createManyAndReturn({ data, skipDuplicates: true }));
  }
  if (made.length < count) throw new Error('five draws of short codes did not fill the list');
  return made;
}

/** Gives one place back. */
export async function givePlaceBack(tx: Tx, fairId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Fair" SET registered = registered - 1 WHERE id = ${fairId}::uuid`;
}
