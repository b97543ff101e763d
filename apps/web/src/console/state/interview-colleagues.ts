import type { Colleague } from '#libs/contracts';
import { account } from '../../net/account';
import { api } from '../../net/api';

/** Who may interview for one's employer: oneself first. */
export async function colleagues(signal?: AbortSignal): Promise<Colleague[]> {
  const me = account.value?.accountId;
  return (await api('GET /me/colleagues', { signal })).sort((a, b) => Number(b.accountId === me) - Number(a.accountId === me));
}
