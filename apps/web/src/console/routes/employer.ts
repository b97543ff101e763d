import type { RouteRecordRaw } from 'vue-router';

/** The employer's pages: names as in menu.ts (`openFairs`, `booth`, `myJobs`, `applicants`, `leads`, `organisation`). */
export const employerRoutes: RouteRecordRaw[] = [];
