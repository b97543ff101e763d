import { Consumers } from '#libs/events';
import { FairsService } from '#libs/fairs';
import type { Ticket } from '#libs/platform';
import { Tickets } from '#libs/tickets';
import { scanOf, type TestFair, type TestHall } from '../../../test/support/hall.js';
import { OfflineGate, type GateServer } from '../../../test/support/offline-gate.js';
import { offlineHall } from '../../../test/support/offline-hall.js';
import { GateRules } from './gate-rules.js';
import { Conflicts, ZoneCommands } from './index.js';

let hall: TestHall;
let server: GateServer;
const { part, agrees } = offlineHall((made) => { ({ hall, server } = made); });

describe('an entry that a gate allowed alone is judged by what was true then', () => {
  type Enter = () => Promise<void>;
  /** Clocks are read to the millisecond. */
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 10));
  /** Somebody enters by the gate of zone A when the story says so, and the gate uploads when it is over. @returns what is told of it */
  const told = async (story: (fair: TestFair, enter: Enter, code: string, ticketId: string) => Promise<unknown>, facts: (fair: TestFair) => Partial<Ticket> = () => ({})) => {
    const fair = await hall.fair({ approved: 10 });
    const gate = new OfflineGate(await hall.device(fair, fair.gateA));
    await gate.ask(server, 1);
    const [one] = await hall.tickets(fair, 1, facts(fair));
    await story(fair, async () => { await aWhile(); gate.offline(one!.code, 'entry'); await aWhile(); }, one!.code, one!.ticket.id);
    const { records } = (await gate.upload(server))!;
    // Whatever it was, somebody is inside.
    expect(await hall.database.read.zoneState.findMany({ where: { fairId: fair.id, inside: 1, held: 0 } })).toHaveLength(2);
    const conflicts = await part(Conflicts).list(fair.organiser, fair.id, true);
    expect(records.map(({ outcome, conflict }) => [outcome, conflict])).toEqual([conflicts[0] ? ['conflict', conflicts[0].kind] : ['accepted', null]]);
    await agrees(fair);
    return conflicts.map(({ kind }) => kind);
  };
  const lock = (fair: TestFair, zoneId: string, locked: boolean) => part(ZoneCommands).setLock(fair.organiser, zoneId, { locked, reason: '试' });
  const stop = (fair: TestFair, stopped: boolean) => part(ZoneCommands).setStop(fair.organiser, fair.id, { stopped, reason: '试' });
  const close = (fair: TestFair) => part(FairsService).changeStatus(fair.organiser, fair.id, { to: 'closed' });
  const revoke = (fair: TestFair, ticketId: string) => part(Tickets).revoke(fair.organiser, ticketId, '试');

  it('locked: while its zone or what lies around it was, though that was lifted since; not after, nor by a lock that came later', async () => {
    expect(await told(async (fair, enter) => { await lock(fair, fair.zoneA, true); await enter(); await lock(fair, fair.zoneA, false); })).toEqual(['locked']);
    expect(await told(async (fair, enter) => { await lock(fair, fair.venue, true); await enter(); })).toEqual(['locked']);
    expect(await told(async (fair, enter) => { await lock(fair, fair.zoneA, true); await lock(fair, fair.zoneA, false); await enter(); await lock(fair, fair.zoneA, true); })).toEqual([]);
    // Who was in the venue already only goes on into a zone that is open.
    expect(await told(async (fair, enter, text) => { await server.scans.scan(await hall.device(fair, fair.door), scanOf(text)); await lock(fair, fair.venue, true); await enter(); })).toEqual([]);
  });

  it('locked: while the fair was stopped, or not open; not because it was closed or moved to another day later', async () => {
    expect(await told(async (fair, enter) => { await stop(fair, true); await enter(); await stop(fair, false); })).toEqual(['locked']);
    expect(await told(async (fair, enter) => { await enter(); await stop(fair, true); })).toEqual([]);
    expect(await told(async (fair, enter) => { await close(fair); await enter(); })).toEqual(['locked']);
    expect(await told(async (fair, enter) => { await enter(); await close(fair); })).toEqual([]);
    const at = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString();
    expect(await told(async (fair, enter) => {
      await enter();
      await part(FairsService).reschedule(fair.organiser, fair.id, { startsAt: at(10), endsAt: at(11), venueName: '澜江会展中心', venueAddress: '', reason: '台风' });
      await part(Consumers).settled();
    })).toEqual([]);
  });

  it('notValid: with a ticket that was revoked before, not since', async () => {
    expect(await told(async (fair, enter, _, ticketId) => { await revoke(fair, ticketId); await enter(); })).toEqual(['notValid']);
    expect(await told(async (fair, enter, _, ticketId) => { await enter(); await revoke(fair, ticketId); })).toEqual([]);
  });

  it('notValid: after they have left, where nobody may come twice a day, though the gate could not know; not where they may', async () => {
    const come = (reEntry: boolean, size = 1) => told(async (fair, enter, text) => {
      await part(GateRules).set(fair.organiser, fair.id, { reEntry, leaseMinutes: 60, leaseShare: 50 });
      const door = await hall.device(fair, fair.door);
      for (const direction of ['entry', 'exit'] as const) await server.scans.scan(door, { ...scanOf(text, direction), count: size });
      await enter();
    }, () => ({ size }));
    expect(await come(false)).toEqual(['notValid']);
    expect(await come(true)).toEqual([]);
    expect(await come(false, 3)).toEqual(['notValid']);
  });

  it('wrongZone: with a ticket for another one', async () => {
    expect(await told((_, enter) => enter(), (fair) => ({ zoneIds: [fair.zoneB] }))).toEqual(['wrongZone']);
    expect(await told((_, enter) => enter(), (fair) => ({ zoneIds: [fair.zoneA] }))).toEqual([]);
  });
});
