import type { ApplicationStatus } from '#libs/contracts';

/** The tag of an application's status; the word stands in it. */
export const statusTone = { submitted: 'love', seen: undefined, shortlisted: 'willow', hired: 'ok', rejected: 'no', withdrawn: undefined } as const satisfies Record<ApplicationStatus, unknown>;
