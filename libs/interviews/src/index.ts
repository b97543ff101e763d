export { InterviewCounts } from './interview-counts.js';
export { InterviewsModule } from './interviews.module.js';
export { Queues } from './queues.js';
