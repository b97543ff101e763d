export { Bookings } from './bookings.js';
export { InterviewCounts } from './interview-counts.js';
export { InterviewsModule } from './interviews.module.js';
export { PlaceJoining } from './place-joining.js';
export { QueueControl } from './queue-control.js';
export { Queues } from './queues.js';
export { SlotPublishing } from './slot-publishing.js';
export { StationRegistry } from './station-registry.js';
