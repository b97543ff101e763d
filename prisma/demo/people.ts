/** Invented candidates. 154 is a prefix that no carrier uses, so no text message can ever reach a real person. */
export interface DemoCandidate { name: string; education: string; experienceYears: number; wish: string }

export const phoneOf = (n: number): string => `+86154000${String(n + 1).padStart(5, '0')}`;

export const candidates: DemoCandidate[] = [
  { name: '李来福', education: '初中', experienceYears: 14, wish: '做过装配 3 年，泥瓦工 11 年，想找包住的厂' },
  { name: '王秀珍', education: '小学', experienceYears: 8, wish: '家门口的保洁，能接孩子放学' },
  { name: '吴大根', education: '初中', experienceYears: 20, wish: '开叉车，也能开货车' },
  { name: '陈小春', education: '大专', experienceYears: 1, wish: '机电专业，想进电子厂做技术员' },
  { name: '林志强', education: '本科', experienceYears: 4, wish: 'Java 后端' },
  { name: '黄丽萍', education: '中专', experienceYears: 5, wish: '养老护理员，有证' },
  { name: '郑国平', education: '高中', experienceYears: 12, wish: '低压电工，想要白班' },
  { name: '蓝晓燕', education: '高中', experienceYears: 0, wish: '山里来的，想去沿海看看' },
  { name: '钟水生', education: '小学', experienceYears: 25, wish: '什么活都行，当天结的最好' },
  { name: '何美玲', education: '大专', experienceYears: 3, wish: '托班老师' },
  { name: '许文杰', education: '大专', experienceYears: 2, wish: '数控，会编程' },
  { name: '叶桂香', education: '初中', experienceYears: 6, wish: '月嫂、护工' },
];
/** Who applies for how many jobs, in the order of the list above. */
export const eagerness = [4, 2, 2, 2, 3, 1, 2, 2, 1, 2, 1, 2];

/** People without a phone, let in by the staff at the doors. */
export const walkIns = 8;
/** The employers' own people, who were given passes. */
export const employerPasses = 120;
