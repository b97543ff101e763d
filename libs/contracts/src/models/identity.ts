import type { ConsentPurpose, MembershipRole, OrganisationKind } from '../words.js';
import type { Role } from '../roles.js';
import type { Day, Id, Instant } from './common.js';

/** What the signed-in person's pages need to know of them. */
export interface Me {
  accountId: Id;
  role: Role;
  displayName: string;
  /** `138 **** 2607`; candidates only. */
  phoneMasked: string | null;
  organisation: { id: Id; name: string; kind: OrganisationKind; regionCode: string } | null;
}
export interface SignedIn {
  /** JWT, good for `expiresIn` seconds; the refresh token comes as an httpOnly cookie. */
  accessToken: string;
  expiresIn: number;
  account: Me;
}
export interface SignIn { loginName: string; password: string }
export interface AskPhoneCode { phone: string }
/** `shownInLog`: no SMS provider is set, so the code stands in the server's log. */
export interface PhoneCodeAsked { expiresIn: number; retryIn: number; shownInLog: boolean }
export interface SignInByPhone { phone: string; code: string }
/** What a one-time link is for, before it is used. */
export interface LinkInfo { purpose: 'invitation' | 'passwordReset' | 'firstAdministrator'; organisationName: string | null; role: MembershipRole | null; loginName: string | null; expiresAt: Instant }
/** `loginName` and `displayName` are needed for an invitation and the first administrator, not for a reset. */
export interface UseLink { token: string; password: string; loginName?: string; displayName?: string }
export interface ChangePassword { oldPassword: string; newPassword: string }

export interface RegisterEmployer {
  name: string; creditCode: string; regionCode: string; about?: string;
  loginName: string; password: string; displayName: string;
}
export interface CreateOrganiser { name: string; regionCode: string; department: string }
export interface Organisation {
  id: Id; kind: OrganisationKind; name: string; regionCode: string; department: string | null; creditCode: string | null;
  about: string; status: 'active' | 'suspended'; createdAt: Instant;
  /** The licence that counts today: approved and not expired. */
  verified: { licenceNumber: string; expiresOn: Day; by: string; at: Instant } | null;
}
export interface UpdateOrganisation { name?: string; about?: string; regionCode?: string }
export interface Licence {
  id: Id; organisationId: Id; organisationName: string; number: string; expiresOn: Day; expired: boolean;
  status: 'pending' | 'approved' | 'rejected'; reason: string | null; createdAt: Instant; reviewedAt: Instant | null;
  file: { name: string; mediaType: string; size: number };
}
/** Multipart: the scan is the part `file` (PDF, JPEG or PNG, at most 10 MB). */
export interface SubmitLicence { number: string; expiresOn: Day }
export interface ReviewLicence { approved: boolean; reason?: string }
export interface SuspendOrganisation { status: 'active' | 'suspended'; reason: string }

export interface Member { accountId: Id; displayName: string; loginName: string; role: MembershipRole; disabled: boolean; joinedAt: Instant }
/** Somebody of one's own organisation who can sign in now. */
export interface Colleague { accountId: Id; name: string }
export interface InviteMember { role: MembershipRole }
export interface MemberStatus { disabled: boolean }
/** The link is shown once; whoever opens it joins. */
export interface MadeLink { url: string; expiresAt: Instant }

export interface Consent { id: Id; organisationId: Id; organisationName: string; purpose: ConsentPurpose; givenAt: Instant; withdrawnAt: Instant | null }
export interface GiveConsent { organisationId: Id; purpose: ConsentPurpose; wording: string }

/** A candidate's own page. `name` and `phone` come from the vault. */
export interface Profile {
  name: string; phoneMasked: string; education: string; experienceYears: number | null; wish: string; regionCode: string | null;
  cv: { fileId: Id; name: string; size: number; uploadedAt: Instant } | null;
}
export interface UpdateProfile { name?: string; education?: string; experienceYears?: number | null; wish?: string; regionCode?: string | null }
/** Everything that the system holds of a person (PIPL 45). */
export interface PersonExport {
  /** `idNumber`: what a station wrote down to find the person again. */
  madeAt: Instant; profile: Profile & { phone: string; idNumber: string | null };
  consents: Consent[]; tickets: unknown[]; applications: unknown[]; leads: unknown[]; checkIns: unknown[];
  /** What the person wrote and did in live broadcasts. */
  live: unknown[];
  /** Their interviews: what both sides wrote, what they were told, their answers to recordings. */
  interviews: unknown[];
  /** Their places in booths' queues, and the times that they booked. */
  places: unknown[]; bookings: unknown[];
  /** Stations in whose register they are. */
  stations: unknown[];
}

export interface AuditEntry {
  id: Id; at: Instant; actorKind: string; actorName: string | null; action: string; subjectKind: string; subjectId: Id | null;
  /** What the subject is called: a fair, a zone, a gate, a colleague; null for candidates and for what has no name. */
  subjectName: string | null; reason: string | null;
  /** A number that was changed: an approved number. Absent where none was. */
  from?: number; to?: number;
}
export interface Region { code: string; name: string; hasChildren: boolean }
