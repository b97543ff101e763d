/** Names of what happens to an interview by itself at a time; the key is its id, that of `kept` a recording's. */
export const timerNames = {
  /** Called, and did not come until then. */
  missed: 'interview.missed',
  /** No interviewer is in it, and none came back. */
  deserted: 'interview.deserted',
  /** What came of it is told. */
  decided: 'interview.decided',
  /** Nobody ended it. */
  longest: 'interview.longest',
  /** A recording was kept as long as it was said. */
  kept: 'interview.recordingKept',
} as const;
