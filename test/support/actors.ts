/** Rows for actors that a spec invents, so that their access tokens hold: an account, and where they have one an organisation with their membership. */
import type { AccountActor } from '../../libs/identity/src/index.js';
import { newId, type Database } from '../../libs/platform/src/index.js';

/** Makes what is missing; what is there stays. */
export async function enrol({ read }: Pick<Database, 'read'>, actor: AccountActor): Promise<void> {
  const { accountId, role } = actor;
  const candidate = role === 'candidate';
  await read.account.createMany({ data: [{ id: accountId, kind: candidate ? 'candidate' : 'staff', platformAdmin: role === 'platformAdmin' }], skipDuplicates: true });
  if (!('organisationId' in actor)) return;
  const { organisationId } = actor;
  const kind = role === 'stationClerk' ? 'station' : role === 'employerAdmin' || role === 'recruiter' ? 'employer' : 'organiser';
  await read.organisation.createMany({ data: [{ id: organisationId, kind, name: '澜江', regionCode: '350100' }], skipDuplicates: true });
  await read.membership.createMany({ data: [{ id: newId(), accountId, organisationId, role: actor.role }], skipDuplicates: true });
}
