import type { RouteRecordRaw } from 'vue-router';

/** Pages of the live desk, each a whole view: names as in menu.ts (`desk`, `zones`, `tickets`). */
export const deskRoutes: RouteRecordRaw[] = [];

/** Pages that are tabs of one fair, below /fairs/:fairId (paths without a slash first); list them in fair-tabs.ts too. */
export const deskFairRoutes: RouteRecordRaw[] = [];
