/** The console's frame: side bar, sign-in, words that several sections use. */
const common = {
  title: '春风·工作台',
  latin: 'FAIRWIND',
  waiting: '{n} 件等处理',
  nav: {
    label: '工作台', open: '打开菜单', close: '关上菜单', now: '现场', prepare: '准备', manage: '管理',
    desk: '现场台', zones: '分区与闸门', tickets: '票与设备',
    fairs: '招聘会', reviews: '证照审核', employers: '参会单位', organisers: '主办单位', audit: '操作记录', account: '我的账号',
    organisation: '单位与证照', booth: '我的展位', myJobs: '我的岗位', applicants: '投递', leads: '展位线索', staff: '人员',
  },
  signIn: {
    title: '登录工作台', lead: '人社局和用人单位从这里进。', name: '账号', password: '密码', show: '显示密码', hide: '隐藏密码', submit: '登录', busy: '正在登录…',
    needName: '请填账号', needPassword: '请填密码', forgot: '忘了密码，请找本单位管理员发一个重设链接。',
  },
} as const;
export default common;
