/** Words of the shared parts. */
const zh = {
  brand: '春风',
  brandFull: 'Fairwind 春风',
  theme: '春风送岗促就业　真情相助暖民心',
  skip: '跳到内容',
  language: { label: '语言', zh: '中文', en: 'English' },
  textSize: { larger: '大字', normal: '小字', toLarger: '换成大字', toNormal: '换回小字' },
  do: {
    back: '返回', close: '关闭', retry: '再试一次', reload: '刷新', ok: '知道了', cancel: '取消', confirm: '确定', save: '保存',
    saving: '正在保存…', edit: '改', remove: '删除', search: '搜索', more: '更多', all: '全部', next: '下一步', previous: '上一步',
    share: '分享', copy: '复制', copied: '已复制', download: '下载', print: '打印', signIn: '登录', signOut: '退出登录', send: '发送',
    home: '回首页', undo: '撤回', upload: '上传',
  },
  crowd: {
    flow: '畅通', busy: '较满', near: '将满', lock: '已锁闸',
    inside: '场内', approved: '核定', people: '人', peopleThen: '人，', mostly: '最多 {n} 人', remaining: '还能进 {n} 人', none: '现在不能进，出来一人放一人',
    hundred: '100% 锁闸',
    spoken: '{name}：{inside} 人，核定 {approved} 人，{level}',
  },
  age: { stopped: '停在 {time}', sourceStopped: '{name}的数停在 {time}', never: '还没有数' },
  offline: {
    title: '连不上服务器，已 {time}', numbers: '屏上的数停在 {time}，正在重连', work: '能看已打开过的内容。有网后会自动再发', noNetwork: '手机没有网络',
  },
  loading: { slow: '网络慢，正在用省流方式打开', long: '等了太久，可能是网络断了', label: '正在打开' },
  error: {
    title: '没有打开', safe: '你填的都还在。', number: '编号 {id}', offline: '没有网络，连上网再试。', notKept: '这一页没有存在手机里，连上网再打开。', timeout: '等太久没有回音，请再试一次。',
    unreadable: '服务器的回答读不懂，请稍后再试。', whoCan: '请找{who}',
  },
  empty: { title: '这里还没有内容' },
  notFound: { title: '没有这个页面', text: '可能链接写错了，或者内容已经下架。' },
  job: {
    verified: '已核验', left: '还差 {n} 人', wanted: '招 {n} 人', full: '招满了', negotiable: '工资面议', median: '一半人超过 {n} 元',
    tags: {
      urgent: '急需紧缺', community: '城乡社区', caring: '爱心岗位', disabilityQuota: '按比例安排残疾人', publicWelfare: '公益性岗位',
      temporaryWelfare: '临时公益岗', gig: '零工', nearby: '就近就业', noExperience: '不限经验', housing: '包吃住',
    },
  },
  verdict: {
    in: '请进', out: '请出', notIn: '不能进', notOut: '不能出', clears: '{n} 秒后自动扫下一位，不用点', next: '扫下一位', call: '叫管理员', offline: '离线验票',
  },
  plan: {
    label: '展位图', zoomIn: '放大', zoomOut: '缩小', whole: '看全图', booth: '展位 {code}', zone: '{code} 区 {name}',
    free: '空', hint: '方向键选展位，回车拿起，方向键移动，再按回车放下，Esc 放回。',
    lifted: '拿起了 {code}', moved: '{code} 移到横 {x}、竖 {y}', dropped: '{code} 放下了', putBack: '{code} 放回原处', blocked: '{code} 压着 {other}，换个地方', snapped: '{code} 放回原处了：那里有 {other}', pin: '要找的展位',
  },
  qr: { label: '二维码', failed: '二维码画不出来，请用下面的号码' },
  complaint: { fee: '收钱、押金、扣证件', pay: '工资和岗位卡不一样', fraud: '假岗位、像诈骗', discrimination: '歧视', abuse: '骂人、低俗', other: '别的' },
  net: { best: '很好', good: '好', fair: '一般', weak: '弱' },
  role: {
    candidate: '求职者', recruiter: '招聘人员', employerAdmin: '企业管理员', organiserStaff: '工作人员', organiserAdmin: '主办方管理员', stationClerk: '驿站工作人员',
    platformAdmin: '平台管理员',
  },
} as const;
export default zh;
