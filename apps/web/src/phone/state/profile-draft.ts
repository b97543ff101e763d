import type { Profile, UpdateProfile } from '#libs/contracts';
import { reactive, shallowRef, type ShallowRef } from 'vue';
import { api } from '../../net/api';

export type ProfileField = 'name' | 'education' | 'experienceYears' | 'wish' | 'regionCode';
export type ProfileFacts = Pick<Profile, ProfileField>;
const FIELDS: readonly ProfileField[] = ['name', 'education', 'experienceYears', 'wish', 'regionCode'];

/** What the fields show after an answer: the server's word, but for a field that somebody has touched since it was sent. */
export const afterAnswer = (draft: ProfileFacts, answer: ProfileFacts, touched: ReadonlySet<ProfileField>): ProfileFacts =>
  Object.fromEntries(FIELDS.map(field => [field, (touched.has(field) ? draft : answer)[field]])) as unknown as ProfileFacts;

export interface ProfileDraft {
  /** The server's newest answer; undefined before the first. */
  profile: ShallowRef<Profile | undefined>;
  /** What the fields show. */
  draft: ProfileFacts;
  /** Somebody writes: from now on no answer overwrites this field, until it was saved as it stands. */
  touch<F extends ProfileField>(field: F, value: ProfileFacts[F]): void;
  /** A whole answer of the server. */
  take(answer: Profile): void;
  /** Saves one field; one after the other, in the order of the calls. False: there was nothing to save. Rejects with the ApiError. */
  save(field: ProfileField): Promise<boolean>;
}

/** A draft of one's own of the profile: what is typed while an earlier save is on its way stays. */
export function useProfileDraft(send: (body: UpdateProfile) => Promise<Profile> = body => api('PATCH /me/profile', { body })): ProfileDraft {
  const profile = shallowRef<Profile>();
  const draft = reactive<ProfileFacts>({ name: '', education: '', experienceYears: null, wish: '', regionCode: null });
  const touched = new Set<ProfileField>();
  const touches = new Map<ProfileField, number>();
  let last: Promise<unknown> = Promise.resolve();

  function take(answer: Profile): void {
    profile.value = answer;
    Object.assign(draft, afterAnswer(draft, answer, touched));
  }
  async function saveNow(field: ProfileField): Promise<boolean> {
    const value = draft[field];
    if (!profile.value || profile.value[field] === value) {
      touched.delete(field);
      return false;
    }
    const touch = touches.get(field);
    const answer = await send({ [field]: value });
    if (touches.get(field) === touch) touched.delete(field);
    take(answer);
    return true;
  }
  return {
    profile, draft, take,
    touch(field, value) {
      draft[field] = value;
      touched.add(field);
      touches.set(field, (touches.get(field) ?? 0) + 1);
    },
    save(field) {
      const mine = last.then(() => saveNow(field));
      last = mine.catch(() => undefined); // its caller tells it; the next save goes on
      return mine;
    },
  };
}
