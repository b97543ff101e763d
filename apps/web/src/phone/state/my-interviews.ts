/** The person's places, bookings and interviews: asked for together, and again whenever the account's topic tells of them. */
import type { Booking, MyInterview, PlaceStatus, QueuePlace } from '#libs/contracts';
import { computed, onScopeDispose, readonly, ref, shallowRef, watch, type ShallowRef } from 'vue';
import { account } from '../../net/account';
import { api } from '../../net/api';
import { useTopic } from './line';
import { whenBack } from './reach';
import { known } from './sign-in';

interface Mine { places: QueuePlace[]; bookings: Booking[]; interviews: MyInterview[] }
const mine = shallowRef<Mine>();
const problem = shallowRef<unknown>();

/** Undefined until they have been asked for, and for somebody who is not signed in. */
export const myInterviews: Readonly<ShallowRef<Mine | undefined>> = mine;
/** Why the newest answer did not come; what was known stays. */
export const myInterviewsProblem = readonly(problem);

const counts: PlaceStatus[] = ['waiting', 'called', 'missed', 'interviewing'];
/** Places that still count, the called first. */
export const activePlaces = computed(() => [...mine.value?.places ?? []].filter(one => counts.includes(one.status))
  .sort((a, b) => Number(b.status === 'called') - Number(a.status === 'called') || a.joinedAt.localeCompare(b.joinedAt)));
/** Bookings ahead, the next first. */
export const comingBookings = computed(() => [...mine.value?.bookings ?? []].filter(one => one.status === 'booked').sort((a, b) => a.slot.expectedAt.localeCompare(b.slot.expectedAt)));
/** The interview that I am called to, or that is on. */
export const presentInterview = computed(() => mine.value?.interviews.find(one => one.status === 'running') ?? mine.value?.interviews.find(one => one.status === 'called'));
export const pastInterviews = computed(() => [...mine.value?.interviews ?? []].filter(one => one.status !== 'called' && one.status !== 'running').sort((a, b) => b.calledAt.localeCompare(a.calledAt)));
/** My place at a booth that still counts. */
export const placeAt = (boothId: string): QueuePlace | undefined => activePlaces.value.find(one => one.boothId === boothId);

let asking: Promise<void> | undefined;
let again = false;

async function ask(): Promise<void> {
  await known();
  const who = account.value?.accountId;
  if (!who) { mine.value = undefined; return; }
  try {
    const [places, bookings, interviews] = await Promise.all([api('GET /me/queue-places'), api('GET /me/bookings'), api('GET /me/interviews')]);
    if (account.value?.accountId !== who) return;
    mine.value = { places, bookings, interviews };
    problem.value = undefined;
  } catch (error) {
    problem.value = error;
  }
}

/** Asks for all three; what happens meanwhile asks once more. Never rejects: see `myInterviewsProblem`. */
export async function refreshMine(): Promise<void> {
  if (asking) { again = true; return asking; }
  do {
    again = false;
    asking = ask();
    await asking;
  } while (again);
  asking = undefined;
}

/** An answer that is already there is shown before the next round of questions. */
export function takePlace(place: QueuePlace): void {
  if (mine.value) mine.value = { ...mine.value, places: [place, ...mine.value.places.filter(one => one.id !== place.id)] };
  void refreshMine();
}

const tells = /^(queuePlace\.changed|slot\.changed|slot\.shifted|interview\.(called|statusChanged|updated|decided))$/;

/** Keeps them true while the component lives. */
export function useMyInterviews(): void {
  watch(() => account.value?.accountId, () => void refreshMine(), { immediate: true });
  onScopeDispose(whenBack(() => void refreshMine()));
  useTopic(() => (account.value ? { kind: 'account' } : null), {
    event: event => { if (tells.test(event.type)) void refreshMine(); },
    begun: () => void refreshMine(),
    resync: () => void refreshMine(),
  });
}

const dismissed = ref<string[]>([]);
/** The person has seen this call and does not want it over the page any more. */
export const dismissCall = (interviewId: string): void => { dismissed.value = [...dismissed.value, interviewId]; };
export const isDismissed = (interviewId: string): boolean => dismissed.value.includes(interviewId);
