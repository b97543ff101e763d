export { Dashboard, type Picture } from './dashboard.js';
export { InsightsModule } from './insights.module.js';
