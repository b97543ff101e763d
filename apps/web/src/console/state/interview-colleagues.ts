import { account } from '../../net/account';
import { ApiError, api } from '../../net/api';

export interface Colleague { accountId: string; name: string }

/** Who may interview for one's employer: oneself first. Somebody who may not see the list is alone on it. */
export async function colleagues(signal?: AbortSignal): Promise<Colleague[]> {
  const me = { accountId: account.value?.accountId ?? '', name: account.value?.displayName ?? '' };
  try {
    const members = await api('GET /organisations/:organisationId/members', { params: { organisationId: account.value?.organisation?.id ?? '' }, signal });
    return [me, ...members.filter(one => !one.disabled && one.accountId !== me.accountId).map(one => ({ accountId: one.accountId, name: one.displayName }))];
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 403) throw error;
    return [me];
  }
}
