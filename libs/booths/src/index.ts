export { Booths, type BoothRow } from './booths.js';
export { BoothsModule } from './booths.module.js';
