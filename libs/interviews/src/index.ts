export { InterviewsModule } from './interviews.module.js';
export { Queues } from './queues.js';
