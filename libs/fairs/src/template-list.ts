/** The small fairs that the notice names, ready to be cloned by one clerk with a phone. Times are in China's clock. */
import type { FairChannel } from '#libs/contracts';

export interface Template {
  key: string;
  name: string;
  theme: string;
  description: string;
  channel: FairChannel;
  /** HH:MM. */
  from: string;
  to: string;
  approvedNumber: number;
  zones: { letter: string; name: string; approvedNumber: number; x: number; y: number; width: number; height: number }[];
  gates: { name: string; zone: string | null; direction: 'both' | 'entry' | 'exit'; deskHint: string }[];
  agenda: { title: string; speaker: string; place: string; from: string; to: string }[];
}

export const templates: readonly Template[] = [
  {
    key: 'community', name: '社区乡村招聘会（模板）', theme: '家门口找工作', channel: 'hall',
    description: '在社区广场、村部或文化礼堂办的小型招聘会：十来家用人单位，一位工作人员用手机就能办。',
    from: '09:00', to: '11:30', approvedNumber: 300,
    zones: [
      { letter: 'A', name: '招聘区', approvedNumber: 200, x: 20, y: 20, width: 400, height: 260 },
      { letter: 'B', name: '政策咨询与帮扶', approvedNumber: 80, x: 440, y: 20, width: 200, height: 260 },
    ],
    gates: [{ name: '入口', zone: null, direction: 'both', deskHint: '服务台在入口右手边' }],
    agenda: [
      { title: '岗位推介', speaker: '参会单位', place: '招聘区', from: '09:30', to: '10:00' },
      { title: '就业政策讲解', speaker: '就业服务中心', place: '政策咨询区', from: '10:15', to: '10:35' },
    ],
  },
  {
    key: 'park', name: '园区广场招聘会（模板）', theme: '园区有岗，就近上岗', channel: 'both',
    description: '在产业园区或市民广场办的中型招聘会：企业集中，配技能培训和政策咨询，可同时在线上看岗位。',
    from: '09:00', to: '12:00', approvedNumber: 800,
    zones: [
      { letter: 'A', name: '企业招聘区', approvedNumber: 500, x: 20, y: 20, width: 600, height: 360 },
      { letter: 'B', name: '技能培训', approvedNumber: 150, x: 640, y: 20, width: 240, height: 170 },
      { letter: 'C', name: '政策咨询', approvedNumber: 150, x: 640, y: 210, width: 240, height: 170 },
    ],
    gates: [
      { name: '东门', zone: null, direction: 'both', deskHint: '服务台在东门左手边' },
      { name: '西门', zone: null, direction: 'both', deskHint: '请到东门服务台' },
    ],
    agenda: [
      { title: '园区企业推介', speaker: '园区管委会', place: '主席台', from: '09:20', to: '10:00' },
      { title: '技能培训报名说明', speaker: '就业服务中心', place: 'B 区', from: '10:30', to: '10:50' },
    ],
  },
  {
    key: 'market', name: '商超夜市招聘会（模板）', theme: '逛夜市，顺路找工作', channel: 'hall',
    description: '在商场或夜市摆摊的晚间招聘会：服务业岗位和零工为主，下班后也能来。',
    from: '18:30', to: '21:00', approvedNumber: 500,
    zones: [
      { letter: 'A', name: '招聘摊位', approvedNumber: 350, x: 20, y: 20, width: 560, height: 200 },
      { letter: 'B', name: '零工登记', approvedNumber: 120, x: 600, y: 20, width: 200, height: 200 },
    ],
    gates: [
      { name: '正门', zone: null, direction: 'both', deskHint: '服务台在正门旁' },
      { name: '侧门', zone: null, direction: 'exit', deskHint: '侧门只出不进，请走正门' },
    ],
    agenda: [{ title: '夜市岗位播报', speaker: '主持人', place: '招聘摊位', from: '19:30', to: '19:50' }],
  },
  {
    key: 'station', name: '车站景点招聘会（模板）', theme: '出门在外，先看看家乡的岗', channel: 'hall',
    description: '在火车站、汽车站或景区出入口办的流动招聘会：返乡返岗登记、岗位速配，人来人往，进出都要数清。',
    from: '08:30', to: '16:30', approvedNumber: 200,
    zones: [
      { letter: 'A', name: '招聘服务台', approvedNumber: 120, x: 20, y: 20, width: 360, height: 180 },
      { letter: 'B', name: '返乡返岗登记', approvedNumber: 80, x: 400, y: 20, width: 200, height: 180 },
    ],
    gates: [{ name: '服务点入口', zone: null, direction: 'both', deskHint: '志愿者在入口旁' }],
    agenda: [{ title: '返岗政策讲解', speaker: '就业服务中心', place: '招聘服务台', from: '10:00', to: '10:20' }],
  },
];
