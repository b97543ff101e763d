/** Invented facts for the parts page; they never reach the production build. */
import type { Booth, FloorPlan, Zone } from '#libs/contracts';
import type { JobFacts } from '../parts/JobCard.vue';

export const job: JobFacts = {
  title: '装配工（两班倒）', payMin: 5500, payMax: 7000, payUnit: 'month', payTerms: '底薪 2,400 元 + 计件，包住', organisationName: '海峤精密制造有限公司',
  place: '滨港区', headCount: 60, tags: ['urgent', 'noExperience', 'housing'], verified: { by: '澜江市人社局', on: '2026-03-02' },
};
export const gigJob: JobFacts = {
  title: '小区保洁领班', payMin: 180, payMax: 180, payUnit: 'day', payTerms: '日结，干满 8 小时', organisationName: '邻暖物业', place: '滨港区海澜路', headCount: 3,
  tags: ['gig', 'nearby', 'community'], verified: null,
};
export const zones = [
  { letter: 'A', name: '制造业', inside: 836, approved: 1200 }, { letter: 'B', name: '社区服务', inside: 747, approved: 900 },
  { letter: 'C', name: '电子信息', inside: 764, approved: 800 }, { letter: 'D', name: '就业援助', inside: 176, approved: 400 },
  { letter: 'E', name: '推介舞台', inside: 300, approved: 300 },
];
const rooms: [string, string, number, number, number, number, number, number][] = [ // letter, name, x, y, width, height, columns, rows
  ['A', '制造业', 10, 10, 350, 310, 8, 5], ['B', '社区服务', 380, 10, 210, 310, 4, 5], ['C', '电子信息', 10, 350, 240, 240, 6, 4],
  ['D', '就业援助', 280, 350, 160, 240, 3, 4], ['E', '推介舞台', 460, 350, 130, 240, 0, 0],
];
const names = ['海峤精密', '屿禾食品', '青屿鞋服', '渡云物流', '邻暖物业'];
export const plan: FloorPlan = {
  width: 600, height: 640,
  zones: [{ id: 'hall', parentId: null, letter: '', name: '会展中心', approvedNumber: 3600, x: 0, y: 0, width: 600, height: 640 } as Zone,
    ...rooms.map(([letter, name, x, y, width, height]) => ({ id: letter, parentId: 'hall', letter, name, approvedNumber: 100, x, y, width, height }))],
  booths: rooms.flatMap(([letter, , x, y, width, , columns, rows]) => Array.from({ length: columns * rows }, (_, i): Booth => {
    const step = (width - 15) / columns;
    return {
      id: `${letter}${i + 1}`, fairId: 'fair', zoneId: letter, number: `${letter}-${String(i + 1).padStart(2, '0')}`,
      x: Math.round((x + 10 + (i % columns) * step) / 5) * 5, y: y + 60 + Math.floor(i / columns) * (letter < 'C' ? 50 : 45), width: 30, height: 35,
      organisation: i % 3 === 2 ? null : { id: `o${i}`, name: names[i % 5], jobCount: 3 },
    };
  })),
};
export const levels = { A: 'flow', B: 'busy', C: 'near', D: 'flow', E: 'lock' } as const;
