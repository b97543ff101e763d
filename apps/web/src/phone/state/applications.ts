import type { MyApplication } from '#libs/contracts';
import { readonly, shallowRef } from 'vue';
import { account } from '../../net/account';
import { api } from '../../net/api';
import { known } from './sign-in';

const list = shallowRef<MyApplication[] | undefined>();
/** The person's applications, newest first; undefined until they have been asked for. */
export const applications = readonly(list);

/** Asks for them; nothing for somebody who is not signed in. Rejects with ApiError. */
export async function refreshApplications(): Promise<MyApplication[]> {
  await known();
  list.value = account.value ? await api('GET /me/applications') : undefined;
  return list.value ?? [];
}

/** The application for a job that still counts. */
export const applicationFor = (jobId: string): MyApplication | undefined =>
  list.value?.find(one => one.job.id === jobId && one.status !== 'withdrawn');
