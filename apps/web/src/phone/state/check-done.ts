/** Whether this phone was tried on this page's visit, and how the person wants to take part. Forgotten with the tab. */
export type PartWith = 'video' | 'audio' | 'text';
const KEPT_AS = 'fw-interview-check';
interface Done { at: number; with: PartWith; cameraId?: string; microphoneId?: string }
/** A try is good for so long, ms. */
const GOOD_FOR = 3 * 3_600_000;

export function doneCheck(): Done | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? 'null') as Done | null;
    return kept && Date.now() - kept.at < GOOD_FOR ? kept : null;
  } catch (error) {
    console.warn('Check:', error); // no storage: it is tried again
    return null;
  }
}
export const isChecked = (): boolean => doneCheck() !== null;

export function keepCheck(done: Omit<Done, 'at'>): void {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify({ ...done, at: Date.now() } satisfies Done));
  } catch (error) {
    console.warn('Check not kept:', error);
  }
}

const INSIDE = 'fw-interview-inside';
/** This tab is in this interview's room: after a reload it goes straight back. */
export function keepInside(interviewId: string | null): void {
  try {
    if (interviewId) sessionStorage.setItem(INSIDE, interviewId);
    else sessionStorage.removeItem(INSIDE);
  } catch (error) {
    console.warn('Not kept:', error);
  }
}
export function wasInside(interviewId: string): boolean {
  try {
    return sessionStorage.getItem(INSIDE) === interviewId;
  } catch {
    return false; // no storage: the page asks again
  }
}
