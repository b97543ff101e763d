import { t } from '../words';

export interface FairTab { route: string; title: () => string }

/** The tabs of one fair, in the order of preparing it. A tab whose route does not exist is not shown; routes are children of /fairs/:fairId. */
export const fairTabs: readonly FairTab[] = [
  { route: 'fair', title: () => t('console.organiser.tabs.fair') },
  { route: 'fairEdit', title: () => t('console.organiser.tabs.fairEdit') },
  { route: 'fairZones', title: () => t('console.organiser.tabs.fairZones') },
  { route: 'fairAgenda', title: () => t('console.organiser.tabs.fairAgenda') },
  { route: 'fairPlan', title: () => t('console.organiser.tabs.fairPlan') },
  { route: 'fairApplications', title: () => t('console.organiser.tabs.fairApplications') },
  { route: 'fairBroadcasts', title: () => t('console.live.organiser.tab') },
  { route: 'fairInterviews', title: () => t('console.nav.interviews') },
  { route: 'fairShare', title: () => t('console.organiser.tabs.fairShare') },
];
