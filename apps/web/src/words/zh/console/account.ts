/** Words of one's own account and one-time links. */
const account = {
  title: '我的账号', changePassword: '改密码', oldPassword: '现在的密码', newPassword: '新密码', rule: '至少 10 位，不要用常见的密码', change: '改密码', changed: '密码改好了，别的设备要重新登录。',
  displayName: '怎么称呼你', displayNameHint: '同事和操作记录里看到的名字，例如：陈科长', needDisplayName: '请填怎么称呼你', loginNameHint: '登录用，3 位以上的字母、数字，例如 chen.ke',
  link: {
    title: '一次性链接', invitation: '加入工作台', passwordReset: '设新密码', firstAdministrator: '设置第一位管理员',
    joins: '{organisation}请你做{role}。设好账号就能用。', resets: '给账号 {name} 设一个新密码。', first: '这里还没有人能登录。设好账号，你就是平台管理员。',
    leaves: '这个浏览器里现在登录的是{name}，设好后会换成新账号。', enter: '设好，进工作台', set: '改好，进工作台', until: '这个链接 {time} 前有效，只能用一次。',
    over: '这个链接不能用了', overText: '它用过了或过期了。请让给你链接的人再发一个。', toSignIn: '去登录',
  },
} as const;
export default account;
