import { apiKilled } from './api-killed.scenario.js';
import { busyHallKilled } from './busy-hall-killed.scenario.js';
import { dashboardSleeps } from './dashboard-sleeps.scenario.js';
import { endAndReplay } from './end-and-replay.scenario.js';
import { eventsOnce } from './events-once.scenario.js';
import { fairQueueRace } from './fair-queue-race.scenario.js';
import { heldWords } from './held-words.scenario.js';
import { interviewCut } from './interview-cut.scenario.js';
import { interviewHandover } from './interview-handover.scenario.js';
import { interviewLadder } from './interview-ladder.scenario.js';
import { interviewMarks } from './interview-marks.scenario.js';
import { interviewNodeKilled } from './interview-node-killed.scenario.js';
import { interviewPrivacy } from './interview-privacy.scenario.js';
import { interviewRecorded } from './interview-recorded.scenario.js';
import { interviewReturns } from './interview-returns.scenario.js';
import { interviewTcp } from './interview-tcp.scenario.js';
import { lastPlace } from './last-place.scenario.js';
import { lateSlot } from './late-slot.scenario.js';
import { noDoubleBooking } from './no-double-booking.scenario.js';
import { postgresRestarted } from './postgres-restarted.scenario.js';
import { publishAndWatch } from './publish-and-watch.scenario.js';
import { publisherReturns } from './publisher-returns.scenario.js';
import { quotaRace } from './quota-race.scenario.js';
import { rebuiltBesideScans } from './rebuilt-beside-scans.scenario.js';
import { recorderKilled } from './recorder-killed.scenario.js';
import { redisRestarted } from './redis-restarted.scenario.js';
import { relayKilled } from './relay-killed.scenario.js';
import { retryOfAScan } from './retry-of-a-scan.scenario.js';
import { stageOrder } from './stage-order.scenario.js';
import type { Story } from './story.js';
import { twoGatesOneTicket } from './two-gates-one-ticket.scenario.js';
import { twoTabViewer } from './two-tab-viewer.scenario.js';
import { udpBlocked } from './udp-blocked.scenario.js';
import { weather } from './weather.scenario.js';
import { wholeDay } from './whole-day.scenario.js';
import { workerKilled } from './worker-killed.scenario.js';

/** Told on each shape by one-process.e2e.ts and scaled.e2e.ts. */
export const stories: Story[] = [
  wholeDay, twoGatesOneTicket, retryOfAScan, lastPlace, quotaRace, weather, relayKilled, dashboardSleeps, eventsOnce,
  publishAndWatch, udpBlocked, workerKilled, publisherReturns, endAndReplay, recorderKilled,
  stageOrder, heldWords, twoTabViewer,
  fairQueueRace, noDoubleBooking, lateSlot,
  apiKilled, busyHallKilled, postgresRestarted, redisRestarted, rebuiltBesideScans,
  interviewHandover, interviewPrivacy, interviewMarks, interviewReturns, interviewNodeKilled, interviewCut, interviewLadder, interviewRecorded, interviewTcp,
];
