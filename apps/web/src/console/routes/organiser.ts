import type { RouteRecordRaw } from 'vue-router';

/** The bureau's preparation. Pages of one fair are children of `fair`, which shows their tabs (fair-tabs.ts). */
export const organiserRoutes: RouteRecordRaw[] = [];
