import type { WordingRule } from './wording.rules.js';

/** Money that an applicant is asked for. */
const money = '押金|保证金|抵押金|风险金|服装费|工装费|工服费|制服费|培训费用?|岗前培训费|上岗费|入职费|报名费|建档费|资料费|中介费|介绍费|职介费|劳务费押|办证押|工衣费|胸卡费|管理费押';
const papers = '身份证|毕业证|学位证|学历证|资格证|驾驶证|驾照|银行卡|社保卡|户口本|证件|原件';
const list = (words: string): string => `(?:${words})(?:(?:、|和|或者?|及|与|以及|/|,(?=(?:${words})(?:[,、。;!]|等|$)))(?:${words}))*(?:等(?:费用|款项|证件)?)?`;
/** 不收取任何…, 免…, 无需缴纳…: what stands between the denial and the word belongs to a closed set, so that 无经验者押金… is no denial. */
const denial = '(?:(?:不|未|从不|绝不|概不|一律不|不会|不得|不准|严禁|禁止|拒绝|谢绝|杜绝|勿|别|请勿|无需|无须|不用|不需要?|不必|不要|没有|无|免|免收|零|(?<![\\d.])0)'
  + '(?:再|以|用|另外|额外|提前|预先|先|给|向|对|求职者|应聘者|劳动者|员工|新员工|任何人|您|你|我们|收取?|交纳?|缴纳?|支付|付|扣押?|扣留|扣除|押|抵押|产生|存在|要求|有|需要?|任何|一切|各种|其他|所谓|形式|名义|名目|的|个人|本人|费用|:|如|例如|包括|含|\\(|“|")*)';
const employerPays = '(?:由|均由|全由|都由)?(?:公司|企业|单位|工厂|厂里|厂方|厂家|门店|店里|我司|我们|本店|酒店|机构|政府|人社局|国家)(?:统一|全部|全额|全|来)?(?:承担|支付|报销|出|负责|垫付|补贴|买单|发)';
/** The same words in the work itself: other people's deposits, other people's training. */
const othersMoney = '(?:投标|履约|质量|质保|工程|客户|顾客|租户|租客|商户|商家|住客|客人|房客|业主|房屋|租房|租赁|车辆|会员|学员|学生|家长|供应商|经销商|加盟商|买卖双方)';

export const feeRules: readonly WordingRule[] = [
  {
    id: 'fee',
    rule: { zh: '向求职者收钱（就业促进法第四十一条、劳动合同法第九条）', en: 'Taking money from applicants (Employment Promotion Law 41, Labour Contract Law 9)' },
    why: { zh: '招人不能收押金、服装费、培训费这类钱。删掉这一项；单位自己承担的，写“公司承担”。', en: 'Nobody may be asked for a deposit or a fee. Remove it; if the employer bears it, say so.' },
    finds: [
      { pattern: new RegExp(money, 'g') },
      { pattern: /(?:入职|报名|面试|上岗|签约|报到|进厂)(?:前|时|当天)?(?:需|须|要|应|得)?(?:先|另|自行)?(?:交纳?|缴纳?|付|支付|垫付)(?:\d+(?:\.\d+)?(?:元|块)|钱|费)/g },
      { pattern: /(?:押|压|扣押|扣留|扣)(?:一|半|1|两|2|二|\d+)?(?:个)?(?:月|天|周)的?(?:工资|薪)/g },
      { pattern: /(?:工资|薪水|薪资)(?:押|压)(?:一|半|1|两|2|二|\d+)(?:个)?(?:月|天|周)/g },
      { pattern: /(?<![被])(?:押|压)(?:工资|薪水|薪资)/g },
      { pattern: /先(?:交|缴|付)[^,、。;!?\n]{1,6}费/g },
      { pattern: /先(?:交钱|转账|转\d+|交\d+元|付款)/g },
    ],
    shields: [
      new RegExp(`${denial}${list(money)}`, 'g'),
      new RegExp(`${denial}(?:押|压)(?:一|半|1|两|2|二)?(?:个)?(?:月|天|周)?的?(?:工资|薪)`, 'g'),
      new RegExp(`${denial}先(?:交钱|转账|付款)`, 'g'),
      new RegExp(`${list(money)}[^,、。;!?\\n]{0,4}?(?:一律|全部|全|都|均|概)?(?:不收|不用交|不需要?交|无需|免|为?(?<![\\d.])0元?(?!\\d)|:?无(?![^,。;!?\\n])|:?没有|${employerPays}|报销|可?补贴|可?补助)`, 'g'),
      new RegExp(`(?:${employerPays}|报销|减免)(?:全部|全额|所有|的|了)*(?:[\\u4e00-\\u9fff]{1,5}费(?:、|和|及|与))*${list(money)}`, 'g'),
      // A warning to the applicant, as bureaus ask for it.
      new RegExp(`(?:谁(?:让|叫|要)|凡是?(?:要|收|让|以)|警惕|谨防|如遇|遇到|如发现|发现)[^。;!?\\n]{0,24}?(?:${list(money)}|先(?:交钱|转账|付款))`, 'g'),
      new RegExp(`任何[^,。;!?\\n]{0,8}?${list(money)}[^。;!?\\n]{0,12}?(?:举报|骗|违法|违规|报警)`, 'g'),
      new RegExp(`${othersMoney}[^,。;!?\\n]{0,8}?(?:${money})`, 'g'),
      new RegExp(`(?:${money})(?:收取|收支|核算|核对|管理|台账|退还|退款|结算|对账|登记|入账|发票|单据)(?:与|和|及)?[^,。;!?\\n]{0,4}?(?:工作|业务|岗|员|账|等|问题|事宜|咨询)`, 'g'),
      new RegExp(`(?:负责|办理|跟进|核算|核对|登记|催收|协助)[^,。;!?\\n]{0,10}?(?:${money})`, 'g'),
    ],
  },
  {
    id: 'papers',
    rule: { zh: '扣证件（就业促进法第四十一条、劳动合同法第九条）', en: 'Keeping papers (Employment Promotion Law 41, Labour Contract Law 9)' },
    why: { zh: '不能扣身份证和别的证件，代为保管也不行。看一眼原件、留复印件就够了。', en: 'ID cards and other papers may not be kept, not even for safe-keeping. Looking at them and keeping a copy is enough.' },
    finds: [
      { pattern: new RegExp(`(?:扣留?|扣押|抵押|质押|押|收走|收缴|代管|代为保管|保管|暂存|留存|上交|上缴|收取)(?:一下)?(?:员工|求职者|应聘者|本人|个人|你的|您的|其)?的?(?:${papers})(?!复印件|照片|正反面|信息|号|扫描|件?(?:复印|副本))(?:原件)?`, 'g') },
      { pattern: /(?:身份证|毕业证|学历证|驾驶证|驾照)(?:原件)?(?:需|须|要|先|暂时)?(?:由?(?:公司|单位|厂里|店里)(?:统一|代为)?(?:保管|收存|代管|留存)|押在|扣在|抵押|押给|放在?(?:公司|店里|厂里))/g },
    ],
    shields: [
      new RegExp(`${denial}(?:收走|收缴|代管|代为保管|保管|暂存|留存|上交|上缴|收取|质押)?(?:${papers})(?:原件)?(?:(?:、|和|或者?|及|与|以及|/)(?:${papers}))*`, 'g'),
      new RegExp(`(?:谁(?:让|叫|要)|凡是?(?:要|收|让|以)|警惕|谨防|如遇|遇到|如发现|发现)[^。;!?\\n]{0,24}?(?:押|扣)(?:${papers})`, 'g'),
      new RegExp(`(?:遗失|捡到|客户|住客|旅客|乘客|客人|业主)[^,。;!?\\n]{0,8}?(?:${papers})`, 'g'),
    ],
  },
];
