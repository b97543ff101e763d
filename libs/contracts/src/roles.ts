/** Who can ask. `anyone` is a request with no sign-in at all. */
export const roles = [
  'anyone',
  'candidate',
  'recruiter',
  'stationClerk',
  'employerAdmin',
  'gateDevice',
  'organiserStaff',
  'organiserAdmin',
  'platformAdmin',
] as const;
export type Role = (typeof roles)[number];

/** Roles that belong to an organisation. */
export type MembershipRole = 'organiserAdmin' | 'organiserStaff' | 'employerAdmin' | 'recruiter' | 'stationClerk';

/** Who is asking, as read from an access token; `anyone` when there is none. */
export type Actor =
  | { role: 'anyone' }
  | { role: 'candidate'; accountId: string }
  | { role: 'platformAdmin'; accountId: string }
  | { role: MembershipRole; accountId: string; organisationId: string }
  | { role: 'gateDevice'; deviceId: string; fairId: string; gateId: string };
