/** Words of the candidate's phone. */
const zh = {
  title: '春风·招聘会',
  tabs: { label: '主要页面', home: '首页', jobs: '岗位', live: '直播', messages: '消息', me: '我的' },
  live: { title: '直播带岗', emptyTitle: '今天还没有直播', emptyText: '企业开播后会出现在这里，也可以先看岗位。', toJobs: '看岗位' },
  messages: { title: '消息', emptyTitle: '还没有消息', emptyText: '投递有回音、招聘会改时间，都会告诉你。' },
} as const;
export default zh;
