export * from './common.js';
export * from './identity.js';
export * from './fairs.js';
export * from './booths.js';
export * from './jobs.js';
export * from './tickets.js';
export * from './attendance.js';
export * from './insights.js';
