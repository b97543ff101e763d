/** Words of the live desk, the gates and the tickets. */
import gate from '../gate';

const desk = {
  tabs: { label: '现场', desk: '现场台', gates: '分区与闸门', tickets: '票' },
  gone: '没有这场招聘会，或者不归本单位办', switchFair: '换一场', wall: '打开大屏', prepare: '去准备这场',
  start: { title: '看哪一场？', lead: '现场台、闸门和票都按场次看。', none: '还没有招聘会', noneText: '先建一场，发布以后就能配闸门、看现场。', make: '建一场招聘会', now: '正在进行', soon: '快要开场', past: '结束了' },
  lead: { starts: '{time} 开场', since: '{time} 开场，已开 {for}', ended: '已结束，原定到 {time}' },
  state: { open: '现场可进', stopped: '全场停入', locked: '已锁闸', notOpen: '还没开场', online: '线上进行中' },
  waitingPicture: '正在等现场的数', noPicture: '看不到现场的数',
  strip: {
    inside: '场内人数', of: '/ 核定 {approved}，占 {share}', peak: '最多时 {n} 人（{time}）', visitors: '今天到场', visitorsNote: '不重复计人，出场 {n} 人次', people: '人',
    registered: '领票', tickets: '张', quota: '名额 {n} 张', noQuota: '不限名额', applications: '投递', papers: '份', leads: '另有展位线索 {n} 条', refused: '没放进', times: '次', refusedMost: '最多：{reason} {n} 次', silentMore: '另有 {n} 个门的数也停了', refusedNone: '没有拦过人',
  },
  zones: {
    title: '分区人数', plan: '展位图', insideOf: '场内 / 核定', state: '状态', whole: '全场', more: '{zone}：别的办法', none: '这场没有分区', noneText: '要按区看人数，先划分区、写核定数。', draw: '去划分区',
    online: '线上招聘会没有现场', sum: '{zones}{rest} = {total} 人。满 100% 自动锁闸，出来一人放一人。', rest: ' + 分区以外 {n}', early: '提前锁闸', stopped: '停止进入', fullIn: '照现在的速度，约 {n} 分钟后满',
  },
  do: { capacity: '调核定数', lock: '提前锁闸', unlock: '解锁', override: '人工放行', stop: '全场停入', resume: '恢复入场', devices: '看设备', of: '{what}：{zone}' },
  ask: {
    reason: '原因', kept: '和你的名字一起记下来', shown: '门岗和大屏马上会看到', needReason: '请写明原因',
    lock: { title: '{zone}提前锁闸', text: '从现在起不放人进{zone}，出来不受影响，到解锁为止。', action: '锁闸', done: '{zone}锁闸了' },
    unlock: { title: '{zone}解锁', text: '从现在起又能进{zone}，满了照样自动锁。', action: '解锁', done: '{zone}解锁了' },
    stop: { title: '全场停入', text: '所有门都不放人进，出场不受影响，到恢复为止。', action: '全场停入', done: '全场停入了' },
    resume: { title: '恢复入场', text: '各个门又能放人进，满了照样自动锁。', action: '恢复入场', done: '恢复入场了' },
    ready: { fire: '消防检查', crowd: '人太多，让出通道', power: '停电或设备故障', weather: '天气', moving: '搬设备', calm: '人少了', done: '处理完了' },
  },
  capacity: { title: '{zone}调核定数', now: '现在 {inside} 人，核定 {approved} 人。', number: '新的核定数', hint: '比场内人数少就马上锁闸，不请人出去。', save: '改核定数', need: '填一个不小于 0 的整数', done: '{zone}核定 {n} 人了', ready: { fire: '消防重新核定', layout: '展位调整' } },
  override: {
    title: '人工放行', text: '满了或锁闸时放这一位进去。票本身要是真的、没作废。', gate: '从哪个门进', choose: '请选一个门', code: '票号（8 位）或入场码', codeHint: '票号印在码的下面。', needCode: '请填票号或入场码', reason: '原因', go: '放行', refused: '没有放行：{reason}', done: '放行了，{zone}现在 {n} 人',
    again: '再放一位', ready: { staff: '会务人员', medical: '身体不适要进去找人', family: '陪同家属' },
  },
  risks: {
    title: '等你处理', count: '{n} 件', none: '现在没有要处理的', noneText: '到 80%、95%、满员、闸门没有声音，会出现在这里。',
    lock: '{zone}满 {n} 人，已锁闸', near: '{zone}到 {share}', busy: '{zone}到 {share}', room: '还能进 {n} 人', full: '出来一人放一人', eased: '回落到 {share}，降到 {below}% 才解除',
    silent: '{gate}没有声音', silentText: '数停在 {time}，{n} 台设备都联系不上', silentNone: '数停在 {time}，没有在用的设备', locked: '{zone}提前锁闸中', stopped: '全场停入中', overApproved: '超出核定 {n} 人',
  },
  curve: { title: '场内人数变化', peak: '最多 {n} 人·{time}', missing: '虚线：{missing}', approved: '核定 {n}', near: '95% 预警', busy: '80% 提醒', arrivals: '每分钟进', none: '还没有人进场', noneText: '第一个人扫码进来，曲线就开始了。', spoken: '场内人数曲线，{from} 到 {to}，现在 {now} 人，最多 {peak} 人' },
  gates: {
    title: '闸门', devices: '{n} 台设备，{on} 台在线', gate: '门', entered: '进', perMinute: '每分钟', refused: '拦下', last: '最后一次', sum: '合计', missing: '缺{gates}', missingMany: '缺 {n} 个门', noDevice: '没有设备', noScan: '还没扫过', none: '还没有闸门', noneText: '先加一个门，再用配对码绑一台手机。', add: '加一个门', all: '管闸门和设备', passages: '按人次算，进出几次算几次。',
  },
  refusals: { title: '为什么没放进', none: '还没有拦过人', sum: '合计 {n} 次' },
  booths: { title: '展位前 {n}', booth: '展位', employer: '单位', applications: '投递', leads: '线索', none: '还没有投递和线索', noneText: '有人投递或扫展位码，就按多少排在这里。' },
  feed: {
    title: '现场动态', none: '还没有动静', entry: '{gate} 进', exit: '{gate} 出', override: '{gate} 人工放行', refused: '{gate} 没放进：{reason}', by: '{who}', system: '系统',
    lock: '{subject}提前锁闸', unlock: '{subject}解锁', stop: '全场停入', resume: '恢复入场', capacity: '{subject}', capacityOf: '核定数 {subject}', overrideBy: '{subject} 人工放行', reschedule: '改期，{subject}', status: '招聘会{subject}', correction: '人工更正 {subject}', sweep: '清场，{subject} 人记为离场',
  },
  gate: {
    title: '闸门与设备', left: '出', heard: '在线', never: '还没联系过', noDevice: '还没有设备守这个门', pair: '给配对码', pairOf: '{gate}的配对码', pairText: '在门岗的手机上扫这个码，或者打开验票页面，把这 8 位念给他听。', pairQr: '门岗手机扫这个码',
    left10: '{time} 内有效，只能绑一台', expired: '这个配对码过期了', newCode: '换一个新的', paired: '绑好了，{gate}可以验票了', another: '再绑一台', localhost: '这台电脑用的是本机地址，手机扫不开。请用局域网地址打开工作台（npm start -- --lan）。',
    name: '门叫什么', nameHint: '比如：1 号门、A 区门', needName: '请给门起个名字', zone: '进了门在哪个区', zoneHint: '大门选全场，区里的门选那个区。', way: '走哪个方向', ways: { entry: '只进', exit: '只出', both: '进和出' }, hint: '不能进的人带到哪里', hintHint: '门岗看得到，比如：服务台在门的左手边 15 米',
    saved: '{gate}存好了', editOf: '改{gate}', remove: '删掉{gate}', removeText: '有过扫码记录的门不能删，只能改名或者停用设备。', removed: '{gate}删了',
    revoke: '停用{name}', revokeText: '这台设备马上不能再验票。要用得重新配对。', revokeDo: '停用', revoked: '{name}停用了', ready: { lost: '手机丢了', swapped: '换了一台', over: '不用了' },
    wall: '大屏', wallText: '在大屏的电脑上打开这个地址，按 F11 全屏。不用登录。', wallAddress: '大屏的地址', online: '线上招聘会没有闸门', onlineText: '有现场的招聘会才要闸门和验票设备。',
  },
  ticket: {
    title: '票', passes: '发证、发团体码', walkIn: '打一张现场票', filter: '按状态看', search: '按票号找', status: { valid: '有效', cancelled: '本人取消', revoked: '作废' },
    fresh: '又有 {n} 张票有变化', show: '看新的', none: '还没有人领票', noneText: '发布以后，求职者在手机上领票，这里就有了。', noneFound: '换一个票号，或者看全部。',
    number: '票号', kind: '票种', state: '状态', where: '现在', inside: '在场内', outside: '不在场内', made: '领票时间',
    revoke: '作废 {number}', revokeText: '这张票马上不能再进场。已经在里面的人照样能出来。', revokeShown: '持票人会看到这个原因', revokeDo: '作废', revoked: '{number} 作废了', ready: { lost: '本人挂失', misuse: '借给别人用', order: '扰乱秩序' },
    forWhom: '发给谁', size: '一个码几个人', sizeHint: '比如一车 40 人：一个码，分几批进都行，进满为止。', needSize: '填 {least} 到 {most} 的整数', codes: '几个码', persons: '{n} 人', count: '几张', countHint: '一次最多 200 张。不占报名的名额。', needCount: '填 1 到 {n} 的整数', zones: '能进哪些区', zonesHint: '一个都不勾，就是全场都能进。', make: '发证',
    once: '这 {n} 张只在这里显示一次，请先打印再关上。', printed: '打好了，关上', qrOf: '{number} 的二维码', opens: '可进：{zones}',
  },
  reasons: gate.reasons,
  kinds: gate.kinds,
} as const;
export default desk;
