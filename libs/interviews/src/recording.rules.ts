/** By account id: yes, no, or null for no answer yet. */
export type Answers = Map<string, boolean | null>;

/** A recording runs only while it is asked for and each person said yes. */
export const recordingRuns = (asked: boolean, answers: Answers): boolean => asked && answers.size > 0 && [...answers.values()].every((yes) => yes === true);

const DAY = 86_400_000;
/** When a recording that ended then is deleted. */
export const deletedOn = (endedAt: Date, keptDays: number): Date => new Date(endedAt.getTime() + keptDays * DAY);
