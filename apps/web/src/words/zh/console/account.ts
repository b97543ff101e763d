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
  members: {
    title: '人员', invite: '邀请同事', none: '还没有人。邀请一位管理员，把链接发给他。', name: '称呼', role: '角色', since: '加入时间', you: '你', disabled: '停用',
    as: '请他做什么', make: '生成链接', invited: '邀请链接好了', invitedText: '发给这一位同事（{role}），打开后自己设账号和密码。',
    can: { organiserStaff: '办招聘会、审核证照、管闸门', organiserAdmin: '还能管人员、暂停企业、看操作记录', recruiter: '发岗位、看投递', employerAdmin: '还能管证照和人员', stationClerk: '帮没有手机的群众办事' },
    reset: '重设密码', resetTitle: '给{name}重设密码', resetText: '会生成一个链接。发给本人，打开后设新密码；以前的密码到那时才失效。', resetDo: '生成链接', resetSend: '发给{name}本人，打开后设新密码。',
    disable: '停用', disableTitle: '停用{name}的账号', disableText: '马上登不进来，已经登录的也会退出。以后可以恢复。', enable: '恢复', enableTitle: '恢复{name}的账号', enableText: '可以用原来的密码登录。',
    remove: '移出', removeTitle: '移出{name}', removeText: '马上就不能再用本单位的工作台，账号也不能再登录。', removed: '{name}移出了',
  },
  audit: {
    lead: '谁在什么时候做了什么，只增不改', when: '时间', who: '谁', what: '做了什么', why: '原因', none: '还没有记录',
    device: '门岗设备', nobody: '没有登录的人',
    action: {
      fairCreated: '建了招聘会', fairPublished: '发布了招聘会', fairOpen: '开场', fairClosed: '结束了招聘会', fairArchived: '归档了招聘会', fairCancelled: '取消了招聘会', fairDraft: '撤回成草稿', fairRescheduled: '改期',
      organisationRegistered: '登记了单位', organisationUpdated: '改了单位信息', organisationStatus: '暂停或恢复单位', licenceSubmitted: '上传了证照', licenceReviewed: '审核了证照', licenceOpened: '看了证照',
      memberInvited: '邀请了同事', memberJoined: '加入了单位', memberRemoved: '移出了同事', memberDisabled: '停用了同事的账号', memberEnabled: '恢复了同事的账号', passwordChanged: '改了密码', passwordReset: '用链接重设了密码', passwordOffered: '发了重设密码的链接',
      applicantsExported: '导出了投递', cvOpened: '看了简历', phoneRevealed: '看了求职者电话', personExported: '导出了个人资料', personErased: '注销了个人资料',
      zoneCapacity: '调了核定数', zoneLocked: '提前锁闸', zoneUnlocked: '解开锁闸', fairStopped: '全场停入', fairResumed: '恢复入场', entryOverridden: '人工放行',
      pairingCode: '发了设备配对码', devicePaired: '设备配对', deviceRevoked: '停用设备', passesIssued: '发了证或团体码', ticketRevoked: '作废了票', gateCreated: '加了闸门', gateUpdated: '改了闸门', gateRemoved: '删了闸门', phoneExported: '导出了求职者电话', deviceSignedOut: '设备退出',
      presenceCorrected: '人工更正了人数', presenceSwept: '清场', conflictDecided: '处理了对不上的记录', leaseSettled: '结清了离线名额', gateRulesSet: '改了门的规矩', quarantineAccepted: '停用设备的记录算数', quarantineRejected: '停用设备的记录不算',
      stationRegistered: '驿站登记了人', stationSeen: '看了驿站登记的人', stationLeft: '把人从驿站移出',
      broadcastStopped: '停了直播', personMuted: '禁言', personBanned: '请出直播', heldWords: '改了拦截词', complaintUpheld: '举报属实', complaintDismissed: '举报不属实',
    },
  },
} as const;
export default account;
