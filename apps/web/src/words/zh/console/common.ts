/** The console's frame: side bar, sign-in, words that several sections use. */
const common = {
  title: '春风·工作台',
  latin: 'FAIRWIND',
  waiting: '{n} 件等处理',
  nav: {
    label: '工作台', open: '打开菜单', close: '关上菜单', now: '现场', prepare: '准备', manage: '管理',
    desk: '现场台', zones: '分区与闸门', tickets: '票',
    fairs: '招聘会', reviews: '证照审核', employers: '参会单位', organisers: '主办单位', audit: '操作记录', account: '我的账号',
    overview: '首页', organisation: '单位与证照', booth: '我的展位', myJobs: '我的岗位', applicants: '投递', leads: '展位线索', staff: '人员', broadcasts: '直播', heldWords: '拦截词',
    queue: '候场', slots: '预约时段', interviews: '面试', stationPeople: '今天来的人', stationRegister: '登记', stations: '就业驿站',
  },
  ask: { back: '不做了', doing: '正在办…', needReason: '请写明原因' },
  leaving: { title: '还没保存', text: '离开这一页，刚才的改动就没有了。', leave: '不保存，离开', stay: '留在这一页' },
  list: { more: '再看一些', total: '共 {n} 条', search: '搜索', none: '没有符合的' },
  madeLink: {
    qr: '一次性链接的二维码', address: '链接', until: '{time} 前有效，只能用一次。关上后不再显示，丢了就再发一个。', done: '好了', select: '浏览器不让自动复制，链接已选中，请按 Ctrl+C。',
  },
  region: { province: '省', city: '市', county: '县（区）' },
  times: { day: '日期', firstDay: '第一天', lastDay: '最后一天', start: '几点开始', end: '几点结束', many: '不止一天' },
  fairStatus: { draft: '草稿', published: '已发布', open: '进行中', closed: '已结束', archived: '已归档', cancelled: '已取消' },
  channel: { hall: '现场', online: '线上', both: '现场＋线上' },
  optional: '可不填', two: '{a}，{b}',
  draftFound: '上次没填完的还在。', draftDrop: '从头填',
  signIn: {
    title: '登录工作台', lead: '人社局和用人单位从这里进。', name: '账号', password: '密码', show: '显示密码', hide: '隐藏密码', submit: '登录', register: '用人单位第一次来？登记单位', busy: '正在登录…',
    needName: '请填账号', needPassword: '请填密码', forgot: '忘了密码，请找本单位管理员发一个重设链接。',
  },
} as const;
export default common;
