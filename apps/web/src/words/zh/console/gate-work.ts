/** Words of what the organiser decides about gates: conflicts, offline places, quarantine, corrections, the end of a day. */
const gateWork = {
  tab: '离线与更正', open: '离线、冲突与更正', text: '断网的门怎么放人、哪些记录对不上、哪里要人工改数，都在这里。',
  conflicts: {
    title: '对不上的记录', none: '没有对不上的记录', most: '只列最新的 {n} 条，处理一些再看后面的。', all: '也看处理过的', persons: '{n} 人', held: '占着 {n} 个名额', offline: '断网时', at: '{gate}·{device}·{time}', other: '另一条：', decide: '处理',
    kinds: { twice: '同一张票进了两次', notValid: '票不能用，门当时不知道', wrongZone: '走错了区', locked: '锁闸、停入或没开门时放进的', noPlace: '没有名额放进的' },
    decisions: { samePerson: '是同一个人', anotherPerson: '是另一个人，已算进人数', noted: '记下了', explained: '后来的出场记录说明了', swept: '已清场' },
    samePerson: { title: '是同一个人？', text: '只算一个人，多占的名额放出来。两条记录都留着。', do: '是同一个人' },
    anotherPerson: { title: '里面有另一个人？', text: '多算 {n} 人。他出场时扫不了这张票，请到时人工减去。', do: '另一个人' },
    noted: { title: '记下就行？', text: '人数不变，记录都留着。', do: '记下' },
  },
  leases: {
    title: '离线名额', none: '没有放在门上的名额', lead: '断网的门按名额放人，名额算在核定数里。', gate: '门', state: '状态', places: '名额', used: '用了', held: '还占着', until: '到', recall: '收回', recalled: '已请它交回', settle: '结清',
    status: { outstanding: '门上用着', reported: '等它上传', presumed: '没有回音，按都进了算', settled: '结清了' },
    settleTitle: '结清 {gate} 的名额', settleText: '还占着 {held} 个。里面实际进了几人？没进的名额马上放出来。', persons: '实际进了', asked: '已请 {gate} 交回', settled: '{gate} 结清了',
  },
  quarantine: { title: '停用设备上传的记录', none: '没有', lead: '设备停用以后才上传的，先放一边，看过再算。', accept: '算数', reject: '不算', count: '{n} 条', chosen: '选了 {n} 条，共 {all} 条', from: '从', until: '到', records: '{gate}的记录', noNumber: '没有票号', entry: '进 {n} 人', exit: '出 {n} 人', refused: '没放进', acceptTitle: '这 {n} 条算数？', rejectTitle: '这 {n} 条不算？', accepted: '算数', rejected: '不算', decided: '{n} 条处理完了' },
  corrections: { title: '人工更正人数', none: '还没有更正过', zone: '分区', change: '加减几人', changeHint: '少了写负数，比如 -2。', code: '票号（选填）', codeHint: '只改这张票在不在里面。', go: '更正', done: '{zone}现在 {n} 人', need: '填一个不是 0 的整数', needZone: '请选一个区', ticket: '票 {code}', system: '系统' },
  sweep: { title: '清场', text: '把还算在里面的人全部记为离场，没有回音的门占的名额一起结清。每天凌晨 3 点自动做一次。', do: '现在清场', ask: '现在清场？', askText: '场内 {n} 人全部记为离场，不能撤回。一天只让进一次的，清场后又能进。', done: '{n} 人记为离场', nightly: '夜里自动', ready: { closed: '闭馆，已巡场', drill: '演练结束' } },
  rules: { title: '门的规矩', reEntry: '出场后当天还能再进', minutes: '断网最多撑几分钟', share: '名额最多占空位的百分之几', save: '保存', saved: '存好了' },
  ready: { checked: '现场核对过', guard: '门岗说的', camera: '看了监控' },
  risks: { conflicts: '{n} 条记录对不上', conflictsText: '两个门的记录要你看一下', quarantined: '停用的设备上传了 {n} 条', presumed: '{n} 个名额没有回音', presumedText: '按都进了算，点开结清', clocks: '{n} 台设备时间不对', clocksText: '请打开自动校时', forecast: '{zone}约 {n} 分钟后满', forecastText: '每分钟多 {rate} 人，{time} 前后到核定数', look: '去看' },
} as const;
export default gateWork;
