import { Injectable } from '@nestjs/common';
import type { FeedLine, ZoneStatus } from '#libs/contracts';
import { Feed, type EventsOf } from '#libs/events';
import { Accounts } from '#libs/identity';
import type { FairNames } from './names.js';

export const feedTypes = [
  'checkIn.recorded', 'scan.refused', 'zone.lockChanged', 'fair.stopChanged', 'zone.capacityChanged', 'entry.overridden', 'fair.rescheduled', 'fair.statusChanged',
  'presence.corrected', 'presence.swept',
] as const;
type FeedEvent = EventsOf<(typeof feedTypes)[number]>;
type Command = Extract<FeedLine, { kind: 'command' }>;

const LINES = 30;

/** The newest facts of a fair, and the names of who did them. */
export interface Told { events: FeedEvent[]; actors: Map<string, string> }

@Injectable()
export class FeedLines {
  constructor(
    private readonly feed: Feed,
    private readonly accounts: Accounts,
  ) {}

  async newest(fairId: string): Promise<Told> {
    const events = (await this.feed.recent({ scopeId: fairId, types: feedTypes, limit: LINES })) as FeedEvent[];
    // What happens at a gate shows no name, and most happens there.
    const actors = events.flatMap(({ type, actorId }) => (type === 'checkIn.recorded' || type === 'scan.refused' ? [] : actorId ?? []));
    return { events, actors: actors.length === 0 ? new Map<string, string>() : await this.accounts.displayNames(actors) };
  }
}

/** As lines for the desk, the newest first. */
export function feedLines({ events, actors }: Told, names: FairNames, zones: ZoneStatus[]): FeedLine[] {
  const gates = new Map(names.gates.map(({ id, name }) => [id, name]));
  const zoneNames = new Map(zones.map(({ zoneId, letter, name }) => [zoneId, letter ? `${letter} ${name}` : name]));
  return events.map((event) => line(event, gates, zoneNames, (event.actorId && actors.get(event.actorId)) || null));
}

function line(event: FeedEvent, gates: Map<string, string>, zones: Map<string, string>, actorName: string | null): FeedLine {
  const { position, happenedAt: at } = event;
  const gate = (gateId: string) => gates.get(gateId) ?? '';
  const zone = (zoneId: string) => zones.get(zoneId) ?? '';
  const command = (what: Command['what'], subject: string, reason: string): Command => ({ kind: 'command', position, at, what, subject, reason, actorName });
  switch (event.type) {
    case 'checkIn.recorded':
      return { kind: 'admitted', position, at, gateName: gate(event.data.gateId), direction: event.data.direction, override: event.data.override };
    case 'scan.refused': return { kind: 'refused', position, at, gateName: gate(event.data.gateId), reason: event.data.reason };
    case 'zone.lockChanged': return command(event.data.locked ? 'lock' : 'unlock', zone(event.data.zoneId), event.data.reason);
    case 'fair.stopChanged': return command(event.data.stopped ? 'stop' : 'resume', '', event.data.reason);
    case 'zone.capacityChanged': return command('capacity', `${zone(event.data.zoneId)} ${event.data.from} → ${event.data.to}`, event.data.reason);
    case 'entry.overridden': return command('override', gate(event.data.gateId), event.data.reason);
    case 'fair.rescheduled': return command('reschedule', event.data.to.venueName, event.data.reason);
    case 'presence.corrected': return command('correction', `${zone(event.data.zoneId)} ${event.data.persons > 0 ? '+' : ''}${event.data.persons}`, event.data.reason);
    case 'presence.swept': return command('sweep', String(event.data.persons), event.data.reason);
    case 'fair.statusChanged': return command('status', event.data.to, event.data.reason);
  }
}
