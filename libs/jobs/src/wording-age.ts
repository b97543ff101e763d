import { numberOf } from './wording-text.js';
import type { WordingRule } from './wording.rules.js';

const number = '(\\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?)';
const years = '(?:周?岁)';
const upTo = '(?:以下|以内|之内|之下|及以下|封顶|为止|左右|内)';
const from = '(?:以上|及以上|起)';
/** An age that follows or precedes those who are served: 6-12岁儿童, 80岁以上老人. */
const served = '(?:的|之间|左右|以上|以下)?(?:的)?(?:婴|幼|儿童|小孩|孩子|宝宝|小朋友|少儿|青少年|学生|学员|老人|老年|长者|高龄|患者|乘客|旅客|会员)';
/** Working age begins at 16 (禁止使用童工规定) and at 18 for heavy work (劳动法 64); nobody is turned away by an end at 60. */
const lowest = 18;
const highest = 60;

/**
 * Whether an age is a demand that the law does not make. What is clearly no worker's age (children, the very old)
 * and the protection of minors (未满18周岁不安排夜班) are none;
 * trades where the law itself sets an age are named here.
 */
function demands(min: number | null, max: number | null, posting: string): boolean {
  if (max !== null && max <= lowest) return false;
  if (min !== null && min > 65) return false;
  const law = legalAges.find((each) => each.trade.test(posting));
  return (min !== null && min > Math.max(lowest, law?.min ?? 0)) || (max !== null && max < Math.min(highest, law?.max ?? highest));
}

const legalAges = [
  // 校车安全管理条例 23: drivers of school buses, 25 to 60.
  { trade: /校车/, min: 25, max: 60 },
  // 机动车驾驶证申领和使用规定 14: heavy lorries and coaches, from 22.
  { trade: /大客车|大型客车|牵引车|重型货车|公交|客运|半挂|a1|a2|b1/, min: 22, max: 60 },
];

const single = (written: string | undefined): number | null => (written === undefined ? null : numberOf(written));

export const ageRule: WordingRule = {
  id: 'age',
  rule: { zh: '年龄歧视（人力资源市场暂行条例第二十四条）', en: 'Discrimination by age (Regulation on Human Resources Markets 24)' },
  why: { zh: '法律没有规定年龄的活，不能卡年龄。可以写“年满 18 周岁”，或者“年龄不限”。', en: 'Where the law sets no age, none may be demanded. “年满 18 周岁” or “年龄不限” can be written.' },
  finds: [
    {
      pattern: new RegExp(`${number}${years}?(?:-|—+|–|~|至|到|、)${number}(?:${years}|之间)(?!${served})(?:之间|以下|以内)?`, 'g'),
      accept: ([, min, max], posting) => demands(single(min), single(max), posting),
    },
    {
      pattern: new RegExp(`(?:年龄|岁数|年纪)[^,。;!?\\n\\d]{0,6}${number}${years}?(?:-|—+|–|~|至|到)${number}(?!元|块|k|名|人|天|小时|千)${years}?`, 'g'),
      accept: ([, min, max], posting) => demands(single(min), single(max), posting),
    },
    {
      pattern: new RegExp(`(?:限|男|女|年龄)?${number}${years}(?:\\(含\\))?(?:含)?(?:及|或)?${upTo}(?!${served}|旅客)`, 'g'),
      accept: ([, max], posting) => demands(null, single(max), posting),
    },
    {
      pattern: new RegExp(`(?:不超过|不要超过|不能超过|别超过|不大于|不高于|不得超过|小于|低于|不到|未满|最大|最高|至多|<=?|≤|放宽(?:至|到)|限)${number}${years}(?!${served})`, 'g'),
      accept: ([, max], posting) => demands(null, single(max), posting),
    },
    {
      pattern: new RegExp(`(?:年龄|岁数|年纪)[^,。;!?\\n\\d]{0,6}${number}${upTo}`, 'g'),
      accept: ([, max], posting) => demands(null, single(max), posting),
    },
    {
      pattern: new RegExp(`(?:年龄|岁数|年纪)[^,。;!?\\n\\d]{0,6}(?:超过|大于|高于)${number}`, 'g'),
      accept: ([, max], posting) => demands(null, single(max), posting),
    },
    {
      pattern: new RegExp(`(?<!接受|欢迎|面向|吸纳|帮扶|照顾|也收)${number}${years}(?:\\(含\\))?(?:含)?${from}(?!${served}|也|均|都|可|亦|仍|者?优先|人员优先|者?欢迎|还)`, 'g'),
      accept: ([, min], posting) => demands(single(min), null, posting),
    },
    {
      pattern: new RegExp(`(?:年满|不低于|不小于|大于|超过|至少)${number}${years}(?!的?(?:也|可|亦|优先|欢迎))(?!${served})`, 'g'),
      accept: ([, min], posting) => demands(single(min), null, posting),
    },
    { pattern: /(?:[6-9][05]|0[05])后(?:员工|年轻人|小伙|小姐姐|女生|男生)?(?:者|的)?(?:优先|为佳|为主|最好|最佳)|(?:限|招|要|需要?|仅限|只要)(?:[6-9][05]|0[05])后/g },
    { pattern: /年轻(?:人|者|化|员工|同志)?(?:优先|为佳|最好|为主)|(?:要求|须|必须|限|需|要)年轻(?!人社区)|年轻力壮|(?:限|只招|仅招|只要|招)(?:小年轻|年轻人|小伙子|青年人)/g },
    { pattern: /(?:年龄|岁数|年纪)(?:偏|太|较|过|比较)?大(?:的|者)?(?:勿扰|勿投|勿|不要|不招|免谈|除外)|(?:大龄|高龄|中老年|老年人|老人)(?:者|的|人员)?(?:勿扰|勿投|勿|不要|不招|免谈|除外)|(?:不要|不招|不收|谢绝)(?:大龄|年纪大|年龄大|岁数大|老年人|中老年)(?:的|者|人)?/g },
    { pattern: /\b(?:aged?|age) (?:under|below|up to) (?:[1-5]\d)\b|\b(?:under|below) (?:[1-5]\d)(?: years? old)?\b|\bage:? ?\d\d ?- ?[1-5]\d\b/g },
  ],
  shields: [
    /年龄(?:、[^,。;!?\n]{1,4})?(?:都|均)?(?:不限|不拘|无要求|不作要求|不卡)/g,
    /(?:不限|不卡|不看|不论)年龄/g,
    // 女 50/55, 男 60/63: the statutory ends of working life.
    /男(?:性|士)?[^,。;!?\n]{0,4}6\d周?岁[^。;!?\n]{0,8}女(?:性|士)?[^,。;!?\n]{0,4}(?:5\d|6\d)周?岁(?:以下|以内)?/g,
    /[^,。;!?\n]{0,16}(?:法定)?退休年龄[^,。;!?\n]{0,16}/g,
    /(?:成立|创立|创办|建厂|建校|开业|周年|历史|工龄|司龄)[^,。;!?\n]{0,8}/g,
  ],
};
