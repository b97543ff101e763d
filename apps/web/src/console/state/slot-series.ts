/** A series of slots before it is published, and a day of them. Pure. */
import type { DeskSlot } from '#libs/contracts';

/** When each of a series begins and ends, epoch ms. */
export function seriesOf(startsAt: string, minutes: number, count: number, gap: number): { from: number; to: number }[] {
  const first = Date.parse(startsAt);
  if (Number.isNaN(first) || !(minutes > 0) || !(count > 0) || !(gap >= 0)) return [];
  return Array.from({ length: Math.min(count, 100) }, (_, n) => {
    const from = first + n * (minutes + gap) * 60_000;
    return { from, to: from + minutes * 60_000 };
  });
}

/** Whole minutes that a slot begins late by; 0 below one. */
export const lateBy = (slot: Pick<DeskSlot, 'startsAt' | 'expectedAt'>): number => Math.max(0, Math.floor((Date.parse(slot.expectedAt) - Date.parse(slot.startsAt)) / 60_000));

/** The day's slots by recruiter, each in order of time; oneself first. */
export function byRecruiter(slots: readonly DeskSlot[], me: string): { recruiter: DeskSlot['recruiter']; slots: DeskSlot[] }[] {
  const found = new Map<string, { recruiter: DeskSlot['recruiter']; slots: DeskSlot[] }>();
  for (const slot of [...slots].sort((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const column = found.get(slot.recruiter.accountId) ?? { recruiter: slot.recruiter, slots: [] };
    column.slots.push(slot);
    found.set(slot.recruiter.accountId, column);
  }
  return [...found.values()].sort((a, b) => Number(b.recruiter.accountId === me) - Number(a.recruiter.accountId === me) || a.recruiter.name.localeCompare(b.recruiter.name));
}
