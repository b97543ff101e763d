import fc from 'fast-check';
import { wordingProblems } from './wording.rules.js';

/** Sentences that may not be published, with what is found in them. */
const refused: readonly (readonly [sentence: string, phrase: string])[] = [
  // 就业促进法 27, 妇女权益保障法 43
  ['限男性', '限男性'],
  ['仅限女生报名', '仅限女生'],
  ['只招女工，包吃住', '只招女工'],
  ['男士优先', '男士优先'],
  ['有经验的女性优先考虑', '女性优先'],
  ['女生勿扰', '女生勿扰'],
  ['不招女的', '不招女的'],
  ['要求男性，能吃苦', '要求男性'],
  ['性别：男', '性别：男'],
  ['性别要求女', '性别要求女'],
  ['招聘女服务员三名', '招聘女服务员'],
  ['男5名，女10名', '男5名'],
  ['男，高中以上', '男'],
  ['初中以上，女', '女'],
  ['男工 200 元/天，女工 180 元/天', '男工 200 元'],
  ['最好是女孩子，细心', '最好是女孩子'],
  ['我们要男的', '要男的'],
  ['Male only', 'Male only'],
  // 年龄
  ['35岁以下', '35岁以下'],
  ['年龄18-35岁', '18-35岁'],
  ['年龄：20至40周岁', '20至40周岁'],
  ['不超过４０岁', '不超过４０岁'],
  ['四十五岁以内', '四十五岁以内'],
  ['三十五周岁（含）以下', '三十五周岁（含）以下'],
  ['年龄要求25到45', '年龄要求25到45'],
  ['45岁封顶，条件好可放宽到50岁', '45岁封顶'],
  ['25周岁以上，做事稳重', '25周岁以上'],
  ['95后优先', '95后优先'],
  ['年龄不要超过40', '年龄不要超过40'],
  ['岁数40以内', '岁数40以内'],
  ['年轻人优先', '年轻人优先'],
  ['年纪大的勿扰', '年纪大的勿扰'],
  ['Under 35 years old', 'Under 35 years old'],
  // 婚育
  ['已婚已育优先', '已婚'],
  ['未婚女性', '未婚'],
  ['三年内不得怀孕', '三年内不得怀孕'],
  ['入职承诺两年内不生育', '两年内不生育'],
  ['孕妇勿投', '孕妇勿投'],
  ['入职体检含孕检', '含孕检'],
  ['近期无生育计划', '近期无生育计划'],
  ['没结婚的优先', '没结婚的优先'],
  ['不招带小孩的', '不招带小孩的'],
  ['请写明婚育状况', '婚育状况'],
  // 属相、星座
  ['属虎的勿扰', '属虎的勿扰'],
  ['处女座勿投', '处女座'],
  ['老板要求属相相合', '属相相合'],
  ['O型血优先', 'O型血优先'],
  // 户籍、地域
  ['限本地户口', '限本地户口'],
  ['本地人优先', '本地人优先'],
  ['外地人勿扰', '外地人勿扰'],
  ['须有福州户籍', '须有福州户籍'],
  ['河南人勿扰', '河南人勿扰'],
  ['不要东北的', '不要东北的'],
  ['非本市户口谢绝', '非本市户口谢绝'],
  ['高中以上，本地户籍', '本地户籍'],
  ['农村户口除外', '农村户口除外'],
  // 民族、宗教
  ['只招汉族', '只招汉族'],
  ['少数民族勿扰', '少数民族勿扰'],
  ['不要维族人', '不要维族'],
  ['民族：汉', '民族：汉'],
  ['无宗教信仰', '无宗教信仰'],
  // 身高、相貌
  ['身高165以上', '身高165以上'],
  ['身高不低于1.7米', '身高不低于1.7米'],
  ['五官端正', '五官端正'],
  ['形象好气质佳', '形象好'],
  ['形象气质佳', '形象气质佳'],
  ['招美女前台', '招美女'],
  ['长得好看的优先', '长得好看'],
  ['身材苗条', '身材苗条'],
  ['体重不超过120斤', '体重不超过120斤'],
  // 健康
  ['无乙肝', '无乙肝'],
  ['乙肝携带者勿投', '乙肝携带者'],
  ['入职查乙肝两对半', '查乙肝两对半'],
  ['大三阳、小三阳不要', '大三阳'],
  // 残疾
  ['残疾人勿扰', '残疾人勿扰'],
  ['不招聋哑人', '不招聋哑人'],
  ['四肢健全', '四肢健全'],
  ['身体无残疾', '无残疾'],
  // 前科
  ['仓库搬运，无犯罪记录', '无犯罪记录'],
  ['有案底的勿扰', '有案底的勿扰'],
  ['刑满释放人员不要', '刑满释放人员不要'],
  // 就业促进法 41
  ['入职交押金300元', '押金'],
  ['服装费200元，离职退', '服装费'],
  ['培训费自理', '培训费'],
  ['入职前交300元', '入职前交300元'],
  ['押一个月工资', '押一个月工资'],
  ['工资压一个月', '工资压一个月'],
  ['押金离职时全退', '押金'],
  ['不收押金，服装费200元', '服装费'],
  ['无经验者押金200元', '押金'],
  ['试用期扣一个月工资', '扣一个月工资'],
  ['先交伙食费', '先交伙食费'],
  ['伙食补贴、押金100元', '押金'],
  ['需扣押身份证', '扣押身份证'],
  ['毕业证原件由公司保管', '毕业证原件由公司保管'],
  ['入职收取身份证原件', '收取身份证原件'],
];

/** Sentences that look alike and may be published. */
const fine: readonly string[] = [
  '男女不限', '不限男女', '男女均可，能倒班', '男、女不限', '性别不限', '性别：男女不限', '男女同工同酬', '欢迎女性求职者投递', '男女宿舍分开',
  '女装店导购', '男科护士', '妇科门诊医生', '男鞋针车工', '熟悉女装面料', '女子学校宿管员', '女士内衣导购', '负责男装陈列', '子女可在附近小学就读', '女童玩具设计',
  '女职工享受产假和哺乳假', '服务女性客户', '有儿女的员工可申请夫妻房',
  '年满18周岁', '18周岁以上', '18岁以上，60岁以下', '18-60岁', '16周岁以上', '年龄不限', '不限年龄', '男60周岁以下，女55周岁以下', '未达到法定退休年龄', '50岁以上也可以', '45岁以上人员优先',
  '照顾80岁以上老人', '教6-12岁儿童画画', '带3岁以下宝宝', '校车司机，25岁以上60岁以下', '公司成立20周年', '经验3年以上', '两班倒，每班8小时', '35公斤以内的货', '团队20人左右', '不招用未满16周岁的人', '未满18周岁不安排夜班', '接受50岁以上求职者', '不限年龄、性别、户籍',
  '婚育不限', '已婚未婚均可', '产假、婚假按国家规定', '母婴护理师（月嫂）', '婚纱摄影师', '提供单身公寓', '不得因结婚、怀孕辞退女职工', '孕产妇瑜伽教练', '入职不做孕检', '带薪育儿假',
  '属相不限', '不看星座', '金属加工工', '属地管理', '附属医院保洁', '血型鉴定检验员', '部门直属领导',
  '户籍不限', '户口不限', '协助办理户口迁移', '户籍窗口工作人员', '入职带户口本', '会说本地话', '熟悉本地市场', '外地员工提供住宿', '本地、外地均可', '会闽南语优先', '公益性岗位，本村脱贫劳动力优先', '福州人民医院保洁',
  '民族不限', '少数民族优先', '民族中学教师', '民族舞老师', '苗族银饰讲解员', '回民食堂厨师',
  '身高不限', '不看长相', '儿童身高管理师', '测量身高体重', '维护公司形象', '形象设计师', '企业形象好', '品牌形象专员', '衣着整洁，待人和气', '产品外形设计',
  '持健康证', '不查乙肝', '乙肝携带者也可应聘', '乙肝疫苗研发员', '无需检测乙肝',
  '残疾人优先', '招残疾人', '按比例安排残疾人就业', '残疾人亦可', '身体健康', '特殊教育（孤独症儿童）老师', '不歧视残疾人',
  '刑满释放人员也可应聘', '保安员，无犯罪记录', '幼儿园老师，提供无犯罪记录证明', '不要求无犯罪记录证明',
  '不收押金', '不收取任何费用', '不收押金、服装费、培训费', '不收押金，服装费，培训费。', '无押金', '免押金入职', '押金：无', '押金0元', '公司承担培训费', '培训费由公司承担', '服装费全免', '报销体检费和培训费',
  '不扣身份证', '绝不扣押任何证件', '入职带身份证复印件', '收取身份证复印件', '负责投标保证金办理', '收取租户押金并开票', '核算客户保证金', '无需缴纳任何押金或保证金', '谁让你先交钱、押身份证，都别给', '每月交100元住宿费', '任何收取押金的行为请举报', '解答押金退还问题', '交五险一金', '工资按月发，不压工资',
];

const clean = fine.filter((sentence) => !/保安|幼儿|校车|脱贫|公益性|老师|教师|儿童|婴|月嫂/.test(sentence)); // those excuse their neighbours
const found = (text: string) => wordingProblems({ content: text }, 'zh');

describe('wording that may not be published', () => {
  it.each(refused)('%s', (sentence, phrase) => {
    const problems = found(sentence);
    expect(problems.map((problem) => problem.phrase)).toEqual(expect.arrayContaining([expect.stringContaining(phrase)]));
    for (const problem of problems) {
      expect(sentence).toContain(problem.phrase);
      expect(problem.sentence).toContain(problem.phrase);
      expect(problem.rule).toMatch(/第.+条/);
      expect(problem.why.length).toBeGreaterThan(8);
    }
  });
});

describe('wording that may be published', () => {
  it.each(fine)('%s', (sentence) => expect(found(sentence)).toEqual([]));
});

describe('titles', () => {
  it.each(['普工（男）', '女服务员', '前台/女', '装配工 男', '男保安'])('%s is refused', (title) => {
    expect(wordingProblems({ title }, 'zh')).not.toEqual([]);
  });
  it.each(['装配工（两班倒）', '女装导购', '男鞋车位工', '儿童摄影师', '母婴护理师', '会计'])('%s is fine', (title) => {
    expect(wordingProblems({ title }, 'zh')).toEqual([]);
  });
});

describe('a problem', () => {
  it('quotes the sentence that it stands in, and names its field', () => {
    const [problem] = wordingProblems({ title: '装配工', conditions: '能倒班。会看图纸，35岁以下；包吃住。' }, 'zh');
    expect(problem).toMatchObject({ field: 'conditions', phrase: '35岁以下', sentence: '会看图纸，35岁以下' });
  });

  it('is explained in English, too', () => {
    const [problem] = wordingProblems({ conditions: '不招女工' }, 'en');
    expect(problem?.rule).toMatch(/sex/);
    expect(problem?.why).toMatch(/^Neither/);
  });

  it('is told once a place, and again in another place', () => {
    expect(wordingProblems({ conditions: '限男性。限男性。' }, 'zh')).toHaveLength(2);
  });
});

describe('whatever a posting is put together from', () => {
  const joint = fc.constantFrom('。', '；', '\n', '！');
  const cleanText = fc.array(fc.tuple(fc.constantFrom(...clean), joint), { maxLength: 6 }).map((parts) => parts.flat().join(''));
  const bad = fc.constantFrom(...refused.map(([sentence]) => sentence).filter((sentence) => !/[a-z]/i.test(sentence.replace('O型血', ''))));

  it('clean sentences stay clean together', () => {
    fc.assert(fc.property(cleanText, (text) => expect(found(text)).toEqual([])), { numRuns: 300 });
  });

  it('one bad sentence is found among clean ones, and quoted as it stands', () => {
    // A clean sentence beside it may say that the law itself demands it here: a school asks after a criminal record.
    const anywhere = bad.filter((sentence) => !/犯罪记录|刑满|案底|前科/.test(sentence));
    fc.assert(fc.property(cleanText, anywhere, joint, cleanText, (before, sentence, end, after) => {
      const text = before + sentence + end + after;
      const problems = found(text);
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems) expect(sentence).toContain(problem.phrase);
    }), { numRuns: 300 });
  });

  it('blanks, zero-width characters and full-width digits hide nothing', () => {
    const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const spread = (text: string, gap: string) => [...text].join(gap);
    fc.assert(fc.property(bad, fc.constantFrom(' ', '\u200b', '\u3000'), (sentence, gap) => {
      expect(found(wide(sentence)).length).toBeGreaterThan(0);
      expect(found(spread(sentence, gap)).length).toBeGreaterThan(0);
    }), { numRuns: 200 });
  });

  it('any text at all is read without an error, and every quote stands in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), bad, fc.string({ unit: 'binary', maxLength: 50 }), (before, sentence, after) => {
      const text = `${before}\n${sentence}\n${after}`;
      for (const problem of found(text)) {
        expect(text).toContain(problem.phrase);
        expect(text).toContain(problem.sentence);
      }
    }), { numRuns: 300 });
  });

  it('a long text is read quickly', () => {
    const text = '负责投标保证金办理，不收取任何押金、服装费和'.repeat(240).slice(0, 5_000);
    const begun = performance.now();
    found(text);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
