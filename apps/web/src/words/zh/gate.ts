/** Words of the gate's scanner. */
const zh = {
  title: '春风·验票',
  pair: {
    title: '这台手机守哪个门？', text: '请总值班在“分区与闸门”里给一个配对码。', code: '配对码（8 位）', name: '这台设备叫什么', nameHint: '比如：1 号门小李的手机', nameless: '门岗手机', bound: '这台手机现在守{gate}，绑定新的门以后就不守它了。', stay: '不换',
    go: '绑定这个门', going: '正在绑定…', hint: '配对码 10 分钟内有效，只能用一次。', revoked: '这台设备停用了，请找总值班要新的配对码。', short: '配对码是 8 位字母和数字',
  },
  start: { title: '开始验票', text: '要用相机和声音。扫码枪和打号码也可以。', go: '打开相机，开始', noCamera: '不用相机，开始' },
  direction: { label: '方向', entry: '进', exit: '出' },
  bar: { online: '联网', synced: '{age}同步', offline: '没有网' },
  camera: {
    aim: '把入场码放进框里', denied: '没有相机权限。请在浏览器设置里允许相机，或者打号码、用扫码枪。', missing: '没有找到相机。可以打号码、用扫码枪。',
    busy: '相机被别的应用占着，请关掉再试。', insecure: '相机要用 https 打开。请总值班用 --lan 启动，先装证书。', retry: '再开相机', open: '打开相机', off: '相机关着', starting: '正在打开相机…', torch: '补光', label: '相机画面',
  },
  type: { label: '打号码（8 位）', go: '验票', asking: '正在验…', short: '号码是 8 位数字' },
  scanner: '扫码枪对着入场码扣一下就行',
  walkIn: { go: '没有手机，打一张票', title: '现场登记', text: '给没有手机的人打一张纸票，当场就能用。', make: '出票', making: '正在出票…', print: '打印', another: '再出一张', admit: '放他进来', note: '凭此码入场，请妥善保管', number: '票号' },
  pending: { title: '网络慢，正在问', text: '还没有结果，先别放人。有网就会自己再问。', stop: '不等了' },
  facts: { previous: '上次进场', number: '票号', kind: '票种', zones: '能进的区', inside: '区里' },
  kinds: { visitor: '求职者', walkIn: '现场登记', staff: '工作人员', employer: '参展企业', child: '儿童', group: '团体' },
  mayEnter: '可以进{zone}', left: '已经记下离场',
  fair: { notOpen: '还没有开场，{time} 开始', over: '招聘会结束了', cancelled: '招聘会取消了，请告诉来的人', moved: '改时间了：{when}·{place}' },
  offline: '现在验不了票，请人稍等，有网就能接着验',
  insideOf: '{n} 人，核定 {approved} 人',
  override: '人工放行',
  reasons: {
    unreadable: '这不是入场码', forged: '票是假的', unknownTicket: '查不到这张票', wrongFair: '这是另一场招聘会的票', notYetValid: '还没到入场时间', expired: '票过期了',
    revoked: '票作废了', cancelled: '票已取消', alreadyInside: '这张票已经进过场了', notInside: '这张票没有进场记录', wrongZone: '走错区了', wrongDirection: '这个门不走这个方向',
    zoneFull: '已满，请稍等', zoneLocked: '暂停进入', fairStopped: '全场暂停入场', fairNotOpen: '招聘会没有开场',
    groupFull: '这张票的人数够了', reEntryRefused: '出场后不能再进', noLease: '断网中，这个门没有名额了',
  },
  todo: {
    unreadable: '请打开手机里的入场码再扫', forged: '请带到服务台核对身份', unknownTicket: '请带到服务台查一下', wrongFair: '请到服务台换票', notYetValid: '请到时间再来', expired: '请到服务台重新登记',
    revoked: '请带到服务台核对身份', cancelled: '可以当场重新登记', alreadyInside: '请带到服务台核对身份', notInside: '请到服务台看一下', wrongZone: '请指给他对的区', wrongDirection: '请走旁边的门',
    zoneFull: '出来一人放一人，请在旁边排队', zoneLocked: '请在旁边等，或先去别的区', fairStopped: '请在门外等通知', fairNotOpen: '请等开场',
    groupFull: '多出来的人请现场登记', reEntryRefused: '请到服务台说明情况', noLease: '请走别的门，或等网络恢复；出场照常',
  },
  error: { clock: '这台设备的时间不对，请在系统设置里打开自动校时。' },
  zone: { locked: '提前锁闸', stopped: '全场停入' },
  signOut: { go: '换门', title: '解除这个门的绑定？', text: '解除后要新的配对码才能再用。', yes: '解除' },
} as const;
export default zh;
