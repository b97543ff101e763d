import type { Fair, Gate, Ticket } from '#libs/contracts';
import { readonly, shallowRef } from 'vue';
import { account } from '../../net/account';
import { api, ApiError } from '../../net/api';
import { kept } from '../../net/kept';
import { heard, missed } from './reach';
import { known } from './sign-in';

/** A ticket as it lies on the phone, with what the gate's way needs, so that it opens with no network. */
export interface KeptTicket {
  ticket: Ticket;
  /** Zones that it opens, as people call them (A 区 制造); empty: not known. */
  zones: { letter: string; name: string }[];
  /** Gates that let in to them. */
  gates: { name: string; zoneName: string; letter: string }[];
  /** When the server last confirmed it, epoch ms. */
  at: number;
}

const PREFIX = 'ticket:';
const list = shallowRef<KeptTicket[]>([]);
const isRead = shallowRef(false);
const problem = shallowRef<unknown>();
export const tickets = readonly(list);
/** The phone's own store has been read. */
export const ticketsRead = readonly(isRead);
/** Why the last refresh failed; undefined after a good one. */
export const ticketsProblem = readonly(problem);

const byDay = (a: KeptTicket, b: KeptTicket) => Date.parse(a.ticket.fair.startsAt) - Date.parse(b.ticket.fair.startsAt);

/** What is kept on the phone; never rejects. */
export async function readTickets(): Promise<void> {
  const all = await kept.all<KeptTicket>(PREFIX).catch(() => []);
  list.value = all.map(one => one.value).sort(byDay);
  isRead.value = true;
}

async function keep(one: KeptTicket): Promise<void> {
  list.value = [...list.value.filter(other => other.ticket.id !== one.ticket.id), one].sort(byDay);
  await kept.put(PREFIX + one.ticket.id, JSON.parse(JSON.stringify(one))).catch((error: unknown) => console.warn('Ticket not kept:', error));
}

/** The zones and gates of a ticket's fair. What cannot be had is left as it was: the code alone opens the gate. */
async function way(ticket: Ticket, before: KeptTicket | undefined): Promise<Pick<KeptTicket, 'zones' | 'gates'>> {
  const params = { fairId: ticket.fairId };
  const [fair, gates] = await Promise.all([
    api('GET /fairs/:fairId', { params }).catch(() => null),
    api('GET /fairs/:fairId/gates', { params }).catch(() => null),
  ]);
  return {
    zones: fair ? zonesOf(ticket, fair) : before?.zones ?? [],
    gates: gates && fair ? gatesOf(ticket, fair, gates) : before?.gates ?? [],
  };
}

function zonesOf(ticket: Ticket, fair: Fair): KeptTicket['zones'] {
  return fair.zones.filter(zone => !ticket.zoneIds.length || ticket.zoneIds.includes(zone.id)).map(({ letter, name }) => ({ letter, name }));
}

/** Where one comes in with this ticket: the venue's own doors, or where it has none, those that lead straight into one of its zones. */
function gatesOf(ticket: Ticket, fair: Fair, gates: Gate[]): KeptTicket['gates'] {
  const entrances = gates.filter(gate => gate.direction !== 'exit');
  const doors = entrances.filter(gate => gate.zoneId === fair.venue.id);
  return (doors.length ? doors : entrances.filter(gate => !ticket.zoneIds.length || ticket.zoneIds.includes(gate.zoneId)))
    .map(gate => ({ name: gate.name, zoneName: gate.zoneName, letter: fair.zones.find(zone => zone.id === gate.zoneId)?.letter ?? '' }));
}

/** Keeps a ticket that has just been made. */
export async function keepTicket(ticket: Ticket): Promise<void> {
  const before = list.value.find(one => one.ticket.id === ticket.id);
  await keep({ ticket, zones: before?.zones ?? [], gates: before?.gates ?? [], at: Date.now() });
  // An old ticket needs no way to its gate.
  if (ticket.status !== 'valid' || Date.parse(ticket.validUntil) < Date.now()) return;
  await keep({ ticket, ...await way(ticket, before), at: Date.now() });
}

/** Asks the server for the person's tickets: new ones come, changed ones change. Without a network what is kept stays. */
export async function refreshTickets(): Promise<void> {
  await known();
  if (!account.value) return;
  try {
    const mine = await api('GET /me/tickets');
    heard();
    const gone = list.value.filter(one => !mine.some(ticket => ticket.id === one.ticket.id));
    list.value = list.value.filter(one => !gone.includes(one));
    await Promise.all(gone.map(one => kept.remove(PREFIX + one.ticket.id)));
    await Promise.all(mine.map(keepTicket));
    problem.value = undefined;
  } catch (error) {
    if (error instanceof ApiError && error.status === 0) missed();
    problem.value = error;
  }
}

/** The ticket that lets this person into a fair, if there is one. */
export const ticketFor = (fairId: string): KeptTicket | undefined =>
  list.value.find(one => one.ticket.fairId === fairId && one.ticket.status === 'valid');
