/** Words of the organiser's and employer's console. */
const zh = {
  title: '春风·工作台',
  latin: 'FAIRWIND',
  waiting: '{n} 件等处理',
  nav: {
    label: '工作台', now: '现场', online: '线上', prepare: '准备', results: '结果',
    desk: '现场台', zones: '分区与闸门', tickets: '票与设备', patrols: '巡查与事件', live: '直播', interviews: '远程面试', reports: '举报与投诉',
    fairs: '招聘会', employers: '企业与展位', jobs: '岗位库', trips: '专车专列', summaries: '报表与总结', cases: '帮扶台账', settings: '设置',
    organisation: '单位与证照', booth: '我的展位', myJobs: '我的岗位', applicants: '投递', leads: '展位线索', staff: '人员',
  },
  signIn: {
    title: '登录工作台', lead: '人社局和用人单位从这里进。', name: '账号', password: '密码', show: '显示密码', hide: '隐藏密码', submit: '登录', busy: '正在登录…',
    needName: '请填账号', needPassword: '请填密码', forgot: '忘了密码，请找本单位管理员发一个重设链接。',
  },
} as const;
export default zh;
