/** A broadcast on the air at a demo employer, made through the API as its people would. */
import type { Broadcast, FairSummary, FloorPlan, Job, Page as PageOf, SignedIn } from '#libs/contracts';

export const HOST = 'haiqiao';
export interface Show { id: string; fairId: string }

const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

async function call<T>(url: string, method: string, path: string, token?: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${url}/api${path}`, { method, headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return (text ? JSON.parse(text) : null) as T;
}

/** Waits for the media worker, then schedules one and begins it. @param password of the demo's accounts */
export async function goOnAir(url: string, password: string): Promise<Show> {
  for (const since = Date.now(); (await call<{ state: string }>(url, 'GET', '/media/readiness')).state !== 'ready';) {
    if (Date.now() - since > 60_000) throw new Error('Media was not ready in 60 s.');
    await new Promise((done) => setTimeout(done, 200));
  }
  const { accessToken: token, account } = await call<SignedIn>(url, 'POST', '/auth/sign-in', undefined, { loginName: HOST, password });
  const fair = (await call<PageOf<FairSummary>>(url, 'GET', '/fairs?limit=20')).items.find(({ status }) => status === 'open');
  if (!fair) throw new Error('The demo has no open fair.');
  const { booths } = await call<FloorPlan>(url, 'GET', `/fairs/${fair.id}/floor-plan`, token);
  const booth = booths.find(({ organisation }) => organisation?.id === account.organisation!.id);
  const jobs = (await call<PageOf<Job>>(url, 'GET', `/jobs?organisationId=${account.organisation!.id}&limit=3`)).items;
  const made = await call<Broadcast>(url, 'POST', `/fairs/${fair.id}/broadcasts`, token, {
    boothId: booth!.id, kind: 'talk', title: '谁来得快', startsAt: soon(1), endsAt: soon(110), jobIds: jobs.map(({ id }) => id), hostIds: [account.accountId],
  });
  await call(url, 'POST', `/broadcasts/${made.id}/status`, token, { status: 'live' });
  return { id: made.id, fairId: fair.id };
}
