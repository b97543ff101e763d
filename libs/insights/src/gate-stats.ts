import type { Gate, GateStat } from '#libs/contracts';
import { instant, type DeskRows } from './dashboard.rows.js';

/** A device that has not been heard of for so long is silent. Milliseconds; ui.md, section 7. */
const SILENT = 10_000;

/**
 * Since when a gate is silent, or null. A gate that never had a device is not a source, so it cannot be missing; one whose
 * devices were all signed out or revoked is silent from the last that was heard of them.
 * @param open whether the fair is open: before and after it devices are put away
 */
export function silentSince({ devices }: Pick<Gate, 'devices'>, open: boolean, now: Date): string | null {
  if (!open || devices.length === 0) return null;
  const heard = devices.map(({ lastSeenAt, pairedAt }) => lastSeenAt ?? pairedAt).sort().at(-1)!;
  const live = devices.some((device) => device.revokedAt === null);
  return live && now.getTime() - Date.parse(heard) <= SILENT ? null : heard;
}

/** Passages a minute, over the sixty seconds before `now`: of the minute before, as much as they reach into it. */
export function perMinute(rates: { minute: string; passed: number }[], now: Date): number {
  const into = (now.getTime() % 60_000) / 60_000;
  const thisMinute = now.getTime() - (now.getTime() % 60_000);
  return Math.round(rates.reduce((sum, { minute, passed }) => sum + passed * (Date.parse(minute) === thisMinute ? 1 : 1 - into), 0));
}

/** @returns a line a gate, by name */
export function gateStats(gates: Gate[], rows: Pick<DeskRows, 'gates' | 'rates'>, open: boolean, now: Date): GateStat[] {
  const totals = new Map(rows.gates.map((row) => [row.gateId, row]));
  return gates.map((gate) => {
    const { entered = 0, left = 0, refused = 0, lastScanAt = null } = totals.get(gate.id) ?? {};
    const live = gate.devices.filter((device) => device.revokedAt === null);
    const online = live.filter(({ lastSeenAt }) => lastSeenAt !== null && now.getTime() - Date.parse(lastSeenAt) <= SILENT);
    return {
      gateId: gate.id, name: gate.name, zoneName: gate.zoneName, entered, left, refused,
      perMinute: perMinute(rows.rates.filter((rate) => rate.gateId === gate.id), now),
      lastScanAt: lastScanAt && instant(lastScanAt), devices: live.length, devicesOnline: online.length, silentSince: silentSince(gate, open, now),
    };
  });
}
