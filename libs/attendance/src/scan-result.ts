import { crowdLevel, type ScanResult } from '#libs/contracts';
import type { Attempt } from './scan-attempt.js';
import type { GateFacts, Hall, Passed } from './hall.js';

/** What the gate is told; kept with the scan, so that a retry hears the same. */
export function scanResult(attempt: Pick<Attempt, 'id' | 'direction'>, hall: Hall, gate: GateFacts, { decision, ticket }: Passed): ScanResult {
  const zone = hall.zones.get(gate.zoneId)!;
  const first = decision.admitted ? null : decision.first;
  return {
    scanId: attempt.id,
    admitted: decision.admitted,
    direction: attempt.direction,
    reason: decision.admitted ? null : decision.reason,
    override: decision.admitted && decision.override,
    ticket: ticket && { id: ticket.id, shortCode: ticket.shortCode, kind: ticket.kind },
    ...(ticket && ticket.size > 1 && { group: groupOf(ticket.size, hall.insideOf(ticket.id)) }),
    ...(decision.admitted && decision.leaseUsed && { leaseUsed: true }),
    previous: first && { at: first.since.toISOString(), gateName: hall.gates.get(first.gateId)?.name ?? '' },
    allowedZones: !decision.admitted && decision.reason === 'wrongZone' && ticket ? hall.zoneNames(ticket.zoneIds) : [],
    zone: { name: zone.name, inside: zone.inside, approvedNumber: zone.approvedNumber, level: crowdLevel(zone.inside, zone.approvedNumber) },
    recordedAt: hall.now.toISOString(),
  };
}

const groupOf = (size: number, inside: number): ScanResult['group'] => ({ size, inside, remaining: Math.max(0, size - inside) });
