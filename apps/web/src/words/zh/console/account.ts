/** Words of one's own account and one-time links. */
const account = {
  title: '我的账号', link: { title: '一次性链接' },
} as const;
export default account;
