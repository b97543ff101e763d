export { BoothApplicationsService } from './booth-applications.service.js';
export { BoothViews } from './booth.view.js';
export { Booths, type BoothRow } from './booths.js';
export { BoothsModule } from './booths.module.js';
export { LeadsService } from './leads.service.js';
export { PlacementService } from './placement.service.js';
