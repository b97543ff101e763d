/** Invented employers and their postings. Names carry （演示）, so that nobody takes them for real ones; places are invented, too. */
import type { JobInput, JobTag, PayUnit } from '#libs/contracts';

export type DemoJob = Omit<JobInput, 'validUntil' | 'regionCode'>;
export interface DemoEmployer {
  name: string; loginName: string; contact: string; creditCode: string; regionCode: string; about: string;
  /** Where it stands at today's fair. */
  zone: 'A' | 'B' | 'C' | 'D';
  jobs: DemoJob[];
}

type Pay = [payMin: number, payMax: number, payUnit: PayUnit, payTerms: string];

function job(title: string, headCount: number, place: string, [payMin, payMax, payUnit, payTerms]: Pay, conditions: string, content: string, ...tags: JobTag[]): DemoJob {
  return { title, headCount, place, payMin, payMax, payUnit, payTerms, conditions, content, tags };
}

const [haiqiao, yuhe, qingyu, duyun] = ['滨港区海峤路 18 号', '滨港区屿禾食品园', '闽台鞋服园 6 号楼', '空港物流园 B 区'];
const [linnuan, lanxin, binguang, hejia] = ['城南邻暖花园', '高新区芯海路 9 号', '高新区滨光大道 2 号', '澜江市各小区，就近派单'];
const [kangyang, zhumu, chaosheng, chunmiao] = ['东湖康养小镇', '云岭县竹口村帮扶车间', '澜江万福广场 5 楼', '城南春苗托育园'];

export const employers: DemoEmployer[] = [
  {
    name: '海峤精密制造有限公司（演示）', loginName: 'haiqiao', contact: '周女士', creditCode: '91350100MADEM01XX9', regionCode: '350105', zone: 'A',
    about: '做电机和减速器零件，在岗 620 人。厂区有食堂、宿舍和班车，工资每月 15 日发到本人卡上。',
    jobs: [
      job('装配工（两班倒）', 60, haiqiao, [5_500, 7_000, 'month', '底薪 2,400 元 + 计件。上月 86 名在岗员工实发，一半人超过 6,180 元。'],
        '能适应两班倒，看得懂简单图纸；没有经验也可以，老员工带 7 天。', '电机零件装配、拧紧、自检，站立操作，单件不超过 8 公斤。', 'urgent', 'noExperience', 'housing'),
      job('数控操作工', 40, haiqiao, [6_500, 8_500, 'month', '底薪 2,800 元 + 计件 + 夜班补贴每班 30 元。'],
        '会操作数控车床或加工中心，或者机械类专业毕业。', '按工艺单上下料、对刀、首件检验，保持机台清洁。', 'urgent', 'housing'),
      job('质检员', 15, haiqiao, [5_000, 6_200, 'month', '固定工资 4,200 元 + 绩效。'],
        '会用卡尺、千分尺，做事细致。', '来料、过程和出货检验，填写记录，发现不良及时隔离。', 'housing'),
      job('仓管员', 6, haiqiao, [4_800, 5_500, 'month', '固定工资 4,500 元 + 全勤 300 元。'],
        '会用办公软件，持叉车证的优先。', '收发料、盘点、先进先出管理。', 'housing'),
      job('食堂帮厨', 4, haiqiao, [3_800, 4_300, 'month', '固定工资，包两餐。'], '持健康证，手脚麻利。', '洗切配菜、分餐、清洁。', 'caring', 'housing'),
      job('电工', 5, haiqiao, [6_000, 7_800, 'month', '固定工资 5,500 元 + 值班补贴。'], '持低压电工证，三年以上工厂经验。', '厂区配电、设备电气的巡检和维修。', 'urgent', 'housing'),
    ],
  },
  {
    name: '屿禾食品有限公司（演示）', loginName: 'yuhe', contact: '陈先生', creditCode: '91350100MADEM02XXY', regionCode: '350105', zone: 'A',
    about: '做冷冻水产和预制菜，在岗 340 人，旺季长期招人。',
    jobs: [
      job('包装工', 50, yuhe, [4_500, 6_000, 'month', '计件，新手第一个月保底 4,500 元。'], '持健康证，能在 10 度左右的车间工作，发棉衣。', '称重、装袋、封口、码箱，单箱 10 公斤。', 'urgent', 'noExperience', 'housing'),
      job('水产分拣工', 30, yuhe, [180, 240, 'day', '日结，按 8 小时算，加班另计。'], '持健康证，肯学。', '按规格分拣鱼虾、去杂。', 'gig', 'noExperience'),
      job('品控员', 6, yuhe, [5_000, 6_500, 'month', '固定工资 4,800 元 + 绩效。'], '食品相关专业毕业，或两年以上品控经验。', '巡线、留样、微生物送检、填写记录。'),
      job('制冷维修工', 3, yuhe, [6_500, 8_500, 'month', '固定工资 6,000 元 + 夜班补贴。'], '持制冷作业证。', '氨制冷机组巡检、维修、应急处置。', 'housing'),
      job('冷链司机', 8, yuhe, [6_500, 9_000, 'month', '底薪 3,500 元 + 趟数。'], '持 B2 以上驾驶证，熟悉省内路线。', '冷藏车城际配送，交接单据。', 'urgent'),
    ],
  },
  {
    name: '青屿鞋服有限公司（演示）', loginName: 'qingyu', contact: '苏女士', creditCode: '91350100MADEM03XXL', regionCode: '350111', zone: 'A',
    about: '做运动鞋和童装，在岗 510 人，有夫妻房和儿童暑托班。',
    jobs: [
      job('针车工', 45, qingyu, [5_000, 8_000, 'month', '全计件，按件单价上墙公布；熟手多在 6,500 元以上。'], '会用电脑平车或高车，新手可以学。', '鞋面缝制、拼缝，8 小时坐着操作。', 'urgent', 'housing'),
      job('裁断工', 12, qingyu, [5_500, 7_500, 'month', '底薪 2,600 元 + 计件。'], '肯学，能看懂裁断图。', '操作裁断机下料，清点数量。', 'noExperience', 'housing'),
      job('女装样衣工', 3, qingyu, [6_500, 9_000, 'month', '固定工资 6,000 元 + 样衣件数。'], '五年以上样衣经验，会看款式图。', '女装、童装样衣制作，配合打版师改样。'),
      job('成型流水线操作工', 40, qingyu, [5_200, 7_000, 'month', '底薪 2,400 元 + 计件 + 高温补贴。'], '没有经验也可以，培训 5 天，培训期有工资。', '刷胶、贴底、压底、清洁。', 'noExperience', 'housing'),
      job('跟单员', 4, qingyu, [5_000, 7_000, 'month', '固定工资 4,500 元 + 绩效。'], '会用表格，英语能看懂邮件。', '订单排期、物料跟催、出货单据。'),
    ],
  },
  {
    name: '渡云物流有限公司（演示）', loginName: 'duyun', contact: '林先生', creditCode: '91350100MADEM04XXA', regionCode: '350112', zone: 'B',
    about: '做快递分拨和同城配送，三班运转，发货旺季日结。',
    jobs: [
      job('快递分拣员', 60, duyun, [160, 210, 'day', '日结，夜班每小时加 3 元。'], '没有经验也可以。', '扫码、分拣、码放，单件多在 15 公斤以内。', 'gig', 'noExperience', 'urgent'),
      job('叉车司机', 10, duyun, [5_800, 7_500, 'month', '底薪 4,000 元 + 计件。'], '持叉车证（N1），一年以上经验。', '装卸车、上下架、每日点检。', 'housing'),
      job('配送员', 30, duyun, [5_000, 9_000, 'month', '每票 1.2 元，保底 5,000 元；公司配车。'], '会骑电动车，熟悉本地道路。', '片区派件、取件、回款。', 'nearby'),
      job('客服专员', 8, duyun, [4_000, 5_500, 'month', '固定工资 3,600 元 + 绩效。'], '普通话清楚，打字每分钟 40 字以上。', '电话和在线答复，登记和跟进问题件。', 'disabilityQuota'),
      job('调度员', 4, duyun, [5_500, 7_000, 'month', '固定工资 5,000 元 + 夜班补贴。'], '一年以上调度经验，会用表格。', '排车、跟车、处理异常。'),
    ],
  },
  {
    name: '邻暖物业服务有限公司（演示）', loginName: 'linnuan', contact: '郑女士', creditCode: '91350100MADEM05XX0', regionCode: '350104', zone: 'B',
    about: '管理 23 个小区，家门口上班，员工住处离岗位大多在三公里内。',
    jobs: [
      job('小区保洁领班', 3, linnuan, [3_200, 3_800, 'month', '固定工资，缴五险。'], '做过保洁，会排班。', '带 6 人小组，分区巡查，长白班，月休 4 天。', 'community', 'nearby'),
      job('小区保洁员', 26, linnuan, [2_800, 3_400, 'month', '固定工资，缴五险。'], '没有经验也可以，年龄不限。', '楼道、电梯厅、地库清洁，长白班，月休 4 天。', 'community', 'nearby', 'noExperience'),
      job('秩序维护员（保安）', 18, linnuan, [3_600, 4_600, 'month', '固定工资 3,300 元 + 夜班补贴。'], '年满 18 周岁，保安员证可入职后考，无犯罪记录（保安服务管理条例第十六条）。', '门岗值守、巡逻、车辆引导。', 'community'),
      job('水电维修工', 6, linnuan, [5_000, 6_500, 'month', '固定工资 4,600 元 + 上门提成。'], '持低压电工证。', '公共水电维修，业主家小修上门。', 'community', 'nearby'),
      job('物业管家', 8, linnuan, [4_000, 5_600, 'month', '固定工资 3,800 元 + 满意度奖。'], '待人和气，会用办公软件。', '联系业主，跟进报修和投诉。', 'community'),
      job('绿化养护工', 6, linnuan, [130, 160, 'day', '日结，公司发工具。'], '肯干，能认常见花木的优先。', '浇水、修剪、除草。', 'gig', 'nearby'),
    ],
  },
  {
    name: '澜芯电子科技有限公司（演示）', loginName: 'lanxin', contact: '吴女士', creditCode: '91350100MADEM06XXM', regionCode: '350104', zone: 'C',
    about: '做电源模块和传感器，无尘车间，四班三运转。',
    jobs: [
      job('SMT 操作员', 36, lanxin, [5_500, 7_500, 'month', '底薪 2,600 元 + 岗位津贴 + 夜班每班 35 元。'], '能适应四班三运转，无尘服统一发放。', '贴片机上料、换线、目检。', 'urgent', 'noExperience', 'housing'),
      job('测试技术员', 10, lanxin, [6_000, 8_500, 'month', '固定工资 5,500 元 + 项目奖。'], '电子类专业毕业，会用示波器。', '电源模块测试、记录、初步分析。', 'housing'),
      job('硬件工程师', 4, lanxin, [12_000, 18_000, 'month', '固定工资 + 年终奖 2 到 4 个月。'], '本科以上，三年以上电源设计经验。', '原理图、PCB 评审、样机调试。'),
      job('设备维护技术员', 6, lanxin, [6_500, 9_000, 'month', '固定工资 6,000 元 + 夜班补贴。'], '机电类专业毕业，会看电气图。', '贴片、波峰焊设备保养和维修。', 'housing'),
      job('物料员', 8, lanxin, [4_500, 5_800, 'month', '固定工资 4,000 元 + 全勤。'], '会用扫码枪和表格。', '领发料、盘点、退料。', 'disabilityQuota', 'housing'),
    ],
  },
  {
    name: '滨光显示科技有限公司（演示）', loginName: 'binguang', contact: '黄先生', creditCode: '91350100MADEM07XXB', regionCode: '350104', zone: 'C',
    about: '做车载显示屏模组，新厂今年投产。',
    jobs: [
      job('模组操作员', 80, binguang, [5_800, 7_800, 'month', '底薪 2,700 元 + 计件 + 夜班补贴。'], '没有经验也可以，矫正视力 0.8 以上（看细小元件）。', '贴合、绑定、点亮检查。', 'urgent', 'noExperience', 'housing'),
      job('工艺工程师', 5, binguang, [9_000, 13_000, 'month', '固定工资 + 年终奖。'], '本科，两年以上显示或半导体工艺经验。', '工艺参数调试、良率分析。'),
      job('Java 开发工程师', 3, binguang, [12_000, 20_000, 'month', '固定工资 + 年终奖。'], '三年以上 Java 后端经验。', '制造执行系统开发和维护。'),
      job('安全员', 2, binguang, [6_500, 8_500, 'month', '固定工资。'], '持注册安全工程师或安全员证。', '隐患排查、培训、演练。'),
    ],
  },
  {
    name: '禾家家政服务有限公司（演示）', loginName: 'hejia', contact: '赖女士', creditCode: '91350100MADEM08XX1', regionCode: '350102', zone: 'B',
    about: '保洁、月嫂、护工，一千多名家政员，先培训后上门，培训费公司承担。',
    jobs: [
      job('钟点保洁', 40, hejia, [35, 50, 'hour', '每单当天结，平台不抽成。'], '没有经验也可以，公司免费培训。', '家庭日常保洁、擦玻璃。', 'gig', 'nearby', 'noExperience'),
      job('住家护工', 20, hejia, [6_000, 8_500, 'month', '固定工资，包吃住，每周休 1 天。'], '会照顾老人，有护理员证的优先，提供无犯罪记录证明。', '协助老人起居、做饭、陪同就医。', 'urgent', 'housing'),
      job('母婴护理师', 15, hejia, [8_000, 12_000, 'month', '按单，26 天一单；每单结束三天内付。'], '持母婴护理证和健康证。', '产妇和新生儿护理。'),
      job('派单专员', 3, hejia, [4_200, 5_500, 'month', '固定工资 3,800 元 + 单量奖。'], '熟悉办公软件，说话清楚。', '接单、派单、回访。', 'community'),
    ],
  },
  {
    name: '海澜康养服务有限公司（演示）', loginName: 'hailan', contact: '许女士', creditCode: '91350100MADEM09XXN', regionCode: '350111', zone: 'D',
    about: '公办民营康养院，260 张床，招用就业困难人员享受社保补贴。',
    jobs: [
      job('养老护理员', 20, kangyang, [4_500, 6_000, 'month', '固定工资 4,000 元 + 护理级别津贴，包吃住。'], '有爱心，没有经验可以先培训，培训费由公司承担。', '照顾失能老人起居、喂饭、翻身、记录。', 'urgent', 'caring', 'noExperience', 'housing'),
      job('康复治疗师', 3, kangyang, [6_000, 8_000, 'month', '固定工资 + 绩效。'], '康复专业毕业，持证。', '评估、训练、记录。'),
      job('洗衣房职工', 4, kangyang, [3_000, 3_600, 'month', '固定工资，包两餐。'], '残疾人优先，岗位可以坐着做。', '分类、洗涤、折叠。', 'disabilityQuota', 'caring'),
      job('厨师', 2, kangyang, [5_500, 7_000, 'month', '固定工资，包吃住。'], '持健康证，会做软食。', '老人三餐制作。', 'housing'),
    ],
  },
  {
    name: '云岭竹木合作社帮扶车间（演示）', loginName: 'zhumu', contact: '蓝先生', creditCode: '91350100MADEM10XXT', regionCode: '350124', zone: 'D',
    about: '村里的帮扶车间，做竹筷和竹编，送孩子上学后来做，放学前下班。',
    jobs: [
      job('竹编工', 25, zhumu, [2, 4, 'piece', '计件，按难度每件 2 到 4 元，多劳多得。'], '会不会都行，师傅教。', '竹篮、竹灯编织，可以拿回家做。', 'nearby', 'noExperience', 'caring'),
      job('竹筷分拣', 12, zhumu, [100, 130, 'day', '日结，时间自己排。'], '帮扶车间，脱贫人口优先。', '分级、装袋、贴标。', 'nearby', 'gig'),
      job('村级公益保洁员', 6, '云岭县竹口村、溪头村', [900, 1_200, 'month', '公益性岗位补贴，每天约 3 小时。'], '公益性岗位，本村就业困难人员优先。', '村道、河道保洁。', 'publicWelfare', 'nearby'),
      job('电商打包员', 8, zhumu, [3_000, 4_000, 'month', '底薪 2,000 元 + 件数。'], '会用手机和打印机。', '打单、打包、交快递。', 'nearby'),
    ],
  },
  {
    name: '潮声餐饮管理有限公司（演示）', loginName: 'chaosheng', contact: '何先生', creditCode: '91350100MADEM11XXG', regionCode: '350103', zone: 'B',
    about: '本地海鲜连锁 9 家店，门店就近安排。',
    jobs: [
      job('餐厅服务员', 24, chaosheng, [3_800, 5_200, 'month', '底薪 3,500 元 + 提成，包吃住。'], '持健康证，待人和气。', '迎客、点单、上菜、收台。', 'noExperience', 'housing'),
      job('切配', 10, chaosheng, [4_200, 5_500, 'month', '固定工资，包吃住。'], '一年以上后厨经验，持健康证。', '洗切配菜、备料。', 'housing'),
      job('店长', 3, chaosheng, [7_000, 10_000, 'month', '固定工资 6,000 元 + 门店利润奖。'], '三年以上餐饮管理经验。', '排班、成本、服务质量。'),
      job('洗碗工', 9, chaosheng, [15, 18, 'hour', '小时工，当天结。'], '没有要求，能来就行。', '餐具清洗、消毒、归位。', 'gig', 'noExperience'),
      job('采购员', 2, chaosheng, [5_000, 6_500, 'month', '固定工资。'], '熟悉水产行情，持 C1 驾驶证。', '每日市场采购、验收、对账。'),
    ],
  },
  {
    name: '春苗托育服务有限公司（演示）', loginName: 'chunmiao', contact: '叶女士', creditCode: '91350100MADEM12XX6', regionCode: '350104', zone: 'B',
    about: '三所普惠托育园，托 6 个月到 3 岁的宝宝。',
    jobs: [
      job('保育员', 12, chunmiao, [3_800, 4_800, 'month', '固定工资 3,500 元 + 全勤，包两餐。'], '持保育员证和健康证，提供无犯罪记录证明（未成年人保护法第六十二条）。', '照料宝宝吃饭、午睡、户外活动。', 'community'),
      job('托班老师', 8, chunmiao, [4_500, 6_000, 'month', '固定工资 4,000 元 + 绩效。'], '早期教育或学前教育专业，持教师资格证。', '带班、观察记录、家长沟通。'),
      job('保健医生', 2, chunmiao, [5_500, 7_000, 'month', '固定工资。'], '执业医师或护士，持卫生保健培训证。', '晨检、消毒、意外处置、疫苗提醒。'),
      job('后勤采购', 2, chunmiao, [3_800, 4_600, 'month', '固定工资。'], '会用表格，细心。', '物资采购、入库、台账。'),
    ],
  },
];

/** Waits for the review of its licence, so that the bureau's desk has something to do. */
export const waiting = {
  name: '恒屿建材有限公司（演示）', loginName: 'hengyu', contact: '丁先生', creditCode: '91350100MADEM13XXU', regionCode: '350121', about: '做新型墙材，刚搬到园区。',
};
