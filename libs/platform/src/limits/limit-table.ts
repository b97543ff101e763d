export interface Limit {
  /** How many in `seconds`. */
  points: number;
  seconds: number;
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/**
 * Every rate limit. The key is said behind it. A hall is one address: 4,000 phones stand behind it, so a limit by address
 * only stops what a hall cannot do.
 */
export const limitTable = {
  /** Staff sign-in; key: the login name. Guessing a password. */
  signInByAccount: { points: 10, seconds: 15 * MINUTE },
  /** Staff sign-in; key: the address. */
  signInByAddress: { points: 300, seconds: MINUTE },
  /** Asking for a code; key: the phone's hash. One a minute. */
  phoneCodeByPhone: { points: 1, seconds: MINUTE },
  /** The same; key: the phone's hash. A text costs money and annoys its owner. */
  phoneCodeByPhoneDay: { points: 10, seconds: DAY },
  /** The same; key: the browser's device id, which a person can throw away. */
  phoneCodeByDevice: { points: 10, seconds: HOUR },
  /** The same; key: the address. 4,000 people who arrive within an hour, some of them twice. */
  phoneCodeByAddress: { points: 6_000, seconds: HOUR },
  /** Giving a code; key: the phone's hash. Six digits cannot be guessed with it. */
  signInByPhone: { points: 10, seconds: 10 * MINUTE },
  /** Fresh access tokens; key: the account. */
  refreshByAccount: { points: 120, seconds: MINUTE },
  /** Using or looking at a one-time link; key: the address. Their secrets have 128 bits and more. */
  linkByAddress: { points: 300, seconds: MINUTE },
  /** Changing a password; key: the account. */
  passwordByAccount: { points: 10, seconds: 15 * MINUTE },
  /** A new employer; key: the address. */
  registerByAddress: { points: 100, seconds: HOUR },
  /** Uploads; key: the account. */
  uploadByAccount: { points: 30, seconds: 10 * MINUTE },
  /** Applying for jobs; key: the account. */
  applyByAccount: { points: 60, seconds: 10 * MINUTE },
  /** Leaving one's contact at booths; key: the account. */
  leadByAccount: { points: 60, seconds: 10 * MINUTE },
  /** Joining queues and booking slots; key: the candidate's account, whoever acts for them. */
  queueByAccount: { points: 60, seconds: 10 * MINUTE },
  /** Registering people at a station; key: the clerk's account. Trying other people's numbers. */
  stationByClerk: { points: 60, seconds: 10 * MINUTE },
  /** Registering for fairs; key: the account. */
  registerTicketByAccount: { points: 30, seconds: 10 * MINUTE },
  /** Walk-ins made at one gate; key: the device or account. */
  walkInByDevice: { points: 120, seconds: MINUTE },
  /** Scans; key: the device. A hand-held scanner does about two a second. */
  scanByDevice: { points: 1_200, seconds: MINUTE },
  /** Snapshots and leases; key: the device. Every few seconds is much. */
  offlineByDevice: { points: 120, seconds: MINUTE },
  /** Uploads of what was decided without a network, 200 records each; key: the device. */
  uploadByDevice: { points: 600, seconds: MINUTE },
  /** Pairing codes tried; key: the address. A code has ten minutes and 32^6 values. */
  pairByAddress: { points: 60, seconds: MINUTE },
  /** Looks at whole phone numbers; key: the account. */
  revealByAccount: { points: 120, seconds: HOUR },
  /** Exports (spreadsheets, a person's own data); key: the account. */
  exportByAccount: { points: 20, seconds: 10 * MINUTE },
  /** Planning broadcasts; key: the account. */
  broadcastByAccount: { points: 60, seconds: HOUR },
  /** Passes to one broadcast; key: the person in it. A weak line comes back again and again. */
  joinByPerson: { points: 60, seconds: MINUTE },
  /** Chat in one broadcast; key: the person in it. An honest viewer writes every few seconds; never by address: a hall is one. */
  messageByPerson: { points: 20, seconds: 20 },
  /** The same, longer; a flood goes on, a person does not. */
  messageByPersonHour: { points: 600, seconds: HOUR },
  /** Likes sent in one broadcast (each with a count); key: the person in it. */
  likeByPerson: { points: 60, seconds: 30 },
  /** Cards seen and tapped in one broadcast; key: the person in it. */
  cardByPerson: { points: 120, seconds: MINUTE },
  /** Raising a hand; key: the person in the broadcast. */
  handByPerson: { points: 20, seconds: MINUTE },
  /** Complaints of one broadcast; key: the person in it. */
  complaintByPerson: { points: 6, seconds: 10 * MINUTE },
  /** The same, of who is not signed in; key: the address. A browser's id can be thrown away; a hall that complains is still heard. */
  complaintByAddress: { points: 120, seconds: 10 * MINUTE },
  /** WHEP players that begin; key: the address. A hall’s screens, and people who look in at once. */
  whepByAddress: { points: 1_200, seconds: MINUTE },
  /** Messages on one socket; key: the socket. */
  socketMessages: { points: 200, seconds: 10 },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limitTable;
