/** The demo fair: invented city, invented hall. Lengths in decimetres; times in minutes from the fair's start. */
import type { ZoneInput } from '#libs/contracts';

export const bureau = {
  name: '澜江市人力资源和社会保障局（演示）', regionCode: '350100', department: '人社',
  people: [{ loginName: 'chen', displayName: '陈科长', role: 'organiserAdmin' }, { loginName: 'lin', displayName: '林小满', role: 'organiserStaff' }],
} as const;

export const today = {
  name: '2026年春风行动暨就业援助季专场招聘活动（演示）', campaign: '2026年春风行动暨就业援助季', theme: '春风送岗促就业 真情相助暖民心',
  description: '这是一场演示招聘会，单位、岗位和人都是编的。\n现场有制造业、社区服务、电子信息、就业援助四个招聘区和一个推介舞台，进出都要扫码。',
  venueName: '澜江会展中心', venueAddress: '澜江市滨港区会展路 1 号', regionCode: '350100', latitude: 26.08, longitude: 119.3, quota: 5_000, approvedNumber: 3_600,
} as const;

export const zones: ZoneInput[] = [
  { letter: 'A', name: '制造业', approvedNumber: 1_200, x: 20, y: 20, width: 660, height: 370 },
  { letter: 'B', name: '社区服务', approvedNumber: 900, x: 700, y: 20, width: 480, height: 370 },
  { letter: 'C', name: '电子信息', approvedNumber: 800, x: 20, y: 420, width: 480, height: 310 },
  { letter: 'D', name: '就业援助', approvedNumber: 400, x: 520, y: 420, width: 350, height: 310 },
  { letter: 'E', name: '推介舞台', approvedNumber: 300, x: 890, y: 420, width: 290, height: 310 },
];

/** Booths a zone; the stage has none. */
export const boothCounts = { A: 14, B: 12, C: 8, D: 6 } as const;

/** Doors of the hall, and the way into each zone: a person is in the hall and in one zone of it. */
export const gates = [
  { name: '1 号门', zone: null, deskHint: '服务台在 1 号门右手边' },
  { name: '2 号门', zone: null, deskHint: '服务台在 2 号门左手边，离 A 区最近' },
  { name: '3 号门', zone: null, deskHint: '请到 2 号门服务台' },
  { name: '4 号门', zone: null, deskHint: '请到 2 号门服务台' },
  { name: 'A 区入口', zone: 'A', deskHint: '请到 2 号门服务台' },
  { name: 'B 区入口', zone: 'B', deskHint: '请到 1 号门服务台' },
  { name: 'C 区入口', zone: 'C', deskHint: '请到 1 号门服务台' },
  { name: 'D 区入口', zone: 'D', deskHint: '就业援助咨询台在入口旁' },
  { name: 'E 区入口', zone: 'E', deskHint: '舞台满了请先逛 A 区和 D 区' },
] as const;

export const agenda = [
  { title: '开场', speaker: '澜江市人社局（演示）', place: '推介舞台', from: 20, to: 35 },
  { title: '岗位推介：海峤精密', speaker: '周女士', place: '推介舞台', from: 60, to: 75 },
  { title: '岗位推介：屿禾食品', speaker: '陈先生', place: '推介舞台', from: 80, to: 95 },
  { title: '岗位推介：澜芯电子', speaker: '吴女士', place: '推介舞台', from: 100, to: 115 },
  { title: '求职防骗小课堂：先交钱的都别信', speaker: '林小满', place: '推介舞台', from: 150, to: 170 },
  { title: '就业援助政策讲解', speaker: '陈科长', place: 'D 区咨询台', from: 240, to: 265 },
  { title: '技能培训报名', speaker: '就业服务中心', place: 'D 区咨询台', from: 300, to: 330 },
];

export const later = {
  name: '民营企业专场招聘会（演示）', theme: '民企有岗，就等你来', startsInDays: 12, movedToDays: 13, reason: '台风预警，顺延一天',
} as const;

export const online = {
  name: '山海协作线上招聘周（演示）', campaign: '2026年春风行动暨就业援助季', theme: '山海携手，岗位到村', regionCode: '350100',
  description: '沿海企业的岗位，山里也能看、也能投。村里的就业驿站可以帮忙。',
} as const;
