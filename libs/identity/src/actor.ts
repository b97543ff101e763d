import type { Actor, MembershipRole, Role } from '#libs/contracts';
import { DomainError } from '#libs/platform';

/** Somebody with an account: everyone but `anyone` and a gate device. */
export type AccountActor = Extract<Actor, { accountId: string }>;
/** A member of an organisation. */
export type MemberActor = Extract<Actor, { organisationId: string }>;
export type CandidateActor = Extract<Actor, { role: 'candidate' }>;

const organiserRoles: ReadonlySet<Role> = new Set<MembershipRole>(['organiserAdmin', 'organiserStaff']);
const employerRoles: ReadonlySet<Role> = new Set<MembershipRole>(['employerAdmin', 'recruiter']);

export const isMember = (actor: Actor): actor is MemberActor => 'organisationId' in actor;
export const isOrganiser = (actor: Actor): actor is MemberActor => organiserRoles.has(actor.role);
export const isEmployer = (actor: Actor): actor is MemberActor => employerRoles.has(actor.role);

/** The account's id, a device's id, or null for `anyone`: what goes into an event's `actorId`. */
export function actorId(actor: Actor): string | null {
  if ('accountId' in actor) return actor.accountId;
  return 'deviceId' in actor ? actor.deviceId : null;
}

/** The actor's organisation. Throws `forbidden` for somebody who has none: such a route's `@Allow` is too wide. */
export function requireOrganisation(actor: Actor): string {
  if (isMember(actor)) return actor.organisationId;
  throw new DomainError('forbidden');
}
