import type { ApplicationSource, ApplicationStatus, JobStatus, JobTag, PayUnit } from '../words.js';
import type { Day, Id, Instant } from './common.js';

export interface JobInput {
  title: string; headCount: number; conditions: string; content: string; place: string; regionCode: string;
  payMin: number; payMax: number; payUnit: PayUnit; payTerms: string; validUntil: Day; tags: JobTag[];
}
export interface Job extends JobInput {
  id: Id; organisationId: Id; organisationName: string; status: JobStatus; publishedAt: Instant | null; updatedAt: Instant;
  verified: { by: string; on: Day } | null;
  /** Where it is shown: with its booth, when the employer has one there. */
  fairs: { fairId: Id; fairName: string; boothId: Id | null; boothNumber: string | null }[];
  /** Only for its own employer. */
  applicationCount?: number;
}
/** A phrase that may not be published, quoted as it stands, with the rule. `field` is a key of JobInput. */
export interface WordingProblem { field: string; phrase: string; sentence: string; rule: string; why: string }
export interface CheckWording { title?: string; conditions?: string; content?: string; payTerms?: string }
/** Sort: relevance with `q`, else newest first. `payAtLeast` compares monthly pay. */
export interface JobQuery {
  q?: string; fairId?: Id; organisationId?: Id; regionCode?: string; tag?: JobTag; payUnit?: PayUnit; payAtLeast?: number;
  after?: string; limit?: number;
}
export interface ListJobs { jobIds: Id[]; listed: boolean }

export interface Apply {
  jobId: Id; fairId?: Id;
  /** The broadcast whose card was tapped. */
  broadcastId?: Id;
  source: ApplicationSource; note?: string; withCv?: boolean;
  /** The candidate's own yes to this employer; false is refused with `consentRequired`. */
  consent: boolean;
}
/** The candidate's own view. */
export interface MyApplication {
  id: Id; job: { id: Id; title: string; organisationName: string; organisationId: Id }; status: ApplicationStatus; createdAt: Instant; updatedAt: Instant;
}
/** The employer's view. `candidate` is null once the consent was taken back. */
export interface Applicant {
  id: Id; jobId: Id; jobTitle: string; fairId: Id | null; source: ApplicationSource; status: ApplicationStatus; note: string; createdAt: Instant;
  candidate: { name: string; phoneMasked: string; education: string; experienceYears: number | null; wish: string; hasCv: boolean } | null;
}
export interface MarkApplication { status: 'seen' | 'shortlisted' | 'rejected' | 'hired' }
export interface ApplicantQuery { jobId?: Id; fairId?: Id; status?: ApplicationStatus; after?: string; limit?: number }
