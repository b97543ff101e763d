/**
 * The SQL of a group commit of registrations: what is known, the new tickets and the fair's row, and what came of it. Lists
 * travel as one JSON parameter each, so that the statements are always the same and stay prepared.
 */
import { lookUpByIndex, type Ticket, type Tx } from '#libs/platform';
import type { FairRow } from '#libs/fairs';

/** The fair's row, and whether its end is ahead by the database's clock. */
export type FairNow = FairRow & { ahead: boolean };
export interface NewVisitor { id: string; accountId: string; shortCode: string; requestKey: string | null; validFrom: Date; validUntil: Date }
export type Revival = Pick<Ticket, 'id' | 'status' | 'validFrom' | 'validUntil' | 'requestKey'>;

/** These people's tickets of the fair, held until `tx` ends, and the fair as it is now, not held. */
export async function readKnown(tx: Tx, fairId: string, accountIds: string[]): Promise<{ known: Ticket[]; fair: FairNow | undefined }> {
  const [, known, [fair]] = await Promise.all([
    lookUpByIndex(tx),
    tx.$queryRaw<Ticket[]>`
      SELECT * FROM "Ticket" WHERE "fairId" = ${fairId}::uuid AND "accountId" = ANY(${accountIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    tx.$queryRaw<FairNow[]>`SELECT *, "endsAt" > clock_timestamp() AS ahead FROM "Fair" WHERE id = ${fairId}::uuid`,
  ]);
  return { known, fair };
}

/**
 * Makes tickets and revives cancelled ones, and then holds the fair's row, as it is now: the one place where all registrations of
 * a fair meet. A ticket whose person or short code has one already is missing in the answer.
 */
export async function makeAndHold(tx: Tx, fairId: string, made: NewVisitor[], revived: Revival[]): Promise<{ tickets: Ticket[]; fair: FairNow | undefined }> {
  const [fresh, again, [fair]] = await Promise.all([
    tx.$queryRaw<Ticket[]>`
      INSERT INTO "Ticket" (id, "fairId", "accountId", kind, "shortCode", "zoneIds", status, "validFrom", "validUntil", "requestKey")
      SELECT id, ${fairId}::uuid, "accountId", 'visitor', "shortCode", '{}', 'valid', "validFrom", "validUntil", "requestKey"
      FROM json_to_recordset(${JSON.stringify(made)}::json) AS new(id uuid, "accountId" uuid, "shortCode" text, "requestKey" text,
        "validFrom" timestamptz, "validUntil" timestamptz)
      ON CONFLICT DO NOTHING RETURNING *`,
    setFacts(tx, revived),
    tx.$queryRaw<FairNow[]>`SELECT *, "endsAt" > clock_timestamp() AS ahead FROM "Fair" WHERE id = ${fairId}::uuid FOR NO KEY UPDATE`,
  ]);
  return { tickets: [...fresh, ...again], fair };
}

function setFacts(tx: Tx, facts: Revival[]): Promise<Ticket[]> {
  return tx.$queryRaw<Ticket[]>`
    UPDATE "Ticket" t SET status = new.status, "validFrom" = new."validFrom", "validUntil" = new."validUntil", "requestKey" = new."requestKey"
    FROM json_to_recordset(${JSON.stringify(facts)}::json) AS new(id uuid, status "TicketStatus", "validFrom" timestamptz, "validUntil" timestamptz, "requestKey" text)
    WHERE t.id = new.id RETURNING t.*`;
}

/** Takes so many places; makes undone the tickets that got none. The fair's row is held. `facts`: tickets that are not as they should be. */
export async function takePlaces(tx: Tx, fairId: string, places: number, undone: string[], facts: Revival[]): Promise<void> {
  await Promise.all([
    places > 0 && tx.$executeRaw`UPDATE "Fair" SET registered = registered + ${places}::int WHERE id = ${fairId}::uuid`,
    undone.length > 0 && tx.$executeRaw`DELETE FROM "Ticket" WHERE id = ANY(${undone}::uuid[])`,
    facts.length > 0 && setFacts(tx, facts),
  ]);
}
