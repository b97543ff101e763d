export { Fairs, isPublic, type FairRow, type FairTimes, type Reader, type SessionRow, type ZoneRow } from './fairs.js';
export { FairsModule } from './fairs.module.js';
