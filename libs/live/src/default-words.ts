import type { HeldWord, HeldWordKind } from '#libs/contracts';

/** Money that somebody who looks for work is asked for (就业促进法 41, 劳动合同法 9). */
const fees = [
  '培训费', '押金', '保证金', '体检费', '服装费', '工装费', '工服费', '制服费', '报名费', '中介费', '介绍费', '手续费', '资料费', '建档费', '入职费', '上岗费',
  '办证费', '激活费', '解冻费', '会员费', '定金', '订金', '风险金', '抵押金', '认证金',
] as const;

const words: Record<HeldWordKind, readonly string[]> = {
  fee: [
    ...fees, '体检费先交', '先交钱', '先交费', '先缴费', '先付钱', '先付款', '先垫付', '先打款', '交钱入职', '交钱上岗', '交钱进厂', '自己垫付', '预付费用', '预交费用',
    '扣身份证', '押身份证', '抵押身份证', '上交身份证', '押工资', '压工资', '押一个月工资',
  ],
  // 反诈法 30: what fraud looks like in a chat, and what takes people out of the system's sight.
  fraud: [
    '加微信', '加我微信', '加个微信', '加薇信', '加威信', '加徽信', '加v信', '加我v', '加vx', '加wx', '加微聊', '加微详', '加微领', '加qq', '加我qq', '加扣扣', '加企鹅',
    'weixin', '私聊我', '进群领', '扫码进群', '微信转账', '转账', '汇款', '打款', '扫码付', '贷款', '培训贷', '校园贷', '网贷', '美容贷', '刷单', '刷信誉', '刷流水', '垫资',
    '返佣', '返利', '日赚', '日入过千', '月入过万轻松', '轻松月入', '躺赚', '内部名额', '内部指标', '代缴社保', '挂靠社保', '办假证', '假证', '银行卡号', '银行卡密码', '发验证码',
    '验证码发我', '手持身份证', '身份证照片发', '跑分', '出租银行卡', '收购银行卡', '收银行卡', '出租电话卡', '收电话卡', '缅北', '境外高薪', '偷渡', '博彩', '赌博', '荐股',
    '虚拟币', '裸聊',
  ],
  abuse: ['傻逼', '傻b', '煞笔', '操你', '草你', '草泥马', '你妈的', '他妈的', '尼玛', '去死吧', '死全家', '脑残', '智障', '贱人', '婊子', '王八蛋', '狗东西', 'nmsl', 'cnm'],
};

/** What a moderator sees first, until the bureau keeps a list of its own. */
export const defaultWords: readonly HeldWord[] = (Object.keys(words) as HeldWordKind[]).flatMap((kind) => words[kind].map((text) => ({ text, kind })));

const before = [
  '不收', '不收取', '不交', '不用交', '不需要交', '不要交', '不要', '不用', '不需要', '没有', '没收', '无', '免', '免收', '拒绝', '有没有', '要不要', '要不要交', '用不用交', '收不收',
  '交不交', '需不需要', '需不需要交', '需不需要缴', '是否收', '是否要交', '是否需要交', '是否有', '谁收', '凡是收', '不能收', '不得收', '不许收',
];

/**
 * Fee words as they stand in an honest question or a denial: 要交押金吗, 有没有培训费, 不收保证金. These are what people must be
 * able to ask and to be told without waiting for anybody.
 */
export const harmless: readonly string[] = fees.flatMap((fee) => [...before.map((word) => word + fee), `${fee}吗`, `${fee}么`, `${fee}嘛`, `${fee}都不收`, `${fee}全免`, `${fee}是违法`]);
