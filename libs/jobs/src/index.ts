export { Jobs, type JobRow } from './jobs.js';
export { JobsModule } from './jobs.module.js';
