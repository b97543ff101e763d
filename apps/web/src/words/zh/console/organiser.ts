/** Words of the bureau's preparation. */
const organiser = {
  tabs: { label: '这场招聘会', fair: '概况', fairEdit: '内容', fairZones: '分区', fairAgenda: '日程', fairPlan: '展位图', fairApplications: '展位申请', fairShare: '分享' },
  fairs: {
    waits: '{n} 家申请展位', filter: '按状态看', search: '搜名称、场馆', name: '招聘会', when: '时间', where: '地点', booths: '展位', jobs: '岗位', status: '状态', templates: '模板', template: '模板',
    templateText: '模板自己不发布，照它办的招聘会带着它的分区、闸门和日程。', use: '照它办一场', noVenue: '还没定场馆',
    empty: '还没有招聘会', emptyText: '可以从模板开始：社区、园区、商超夜市、车站四种小型招聘会都备好了。', noneText: '换个状态或少打几个字试试。',
  },
  starts: { blank: '从空白开始', blankText: '自己填名称、时间和地点', templates: '照模板办', before: '照以前的办' },
  form: {
    new: '新建招聘会', create: '建好，去分区', createNext: '先存成草稿，发布前别人看不到。',
    name: '名称', nameHint: '求职者看到的大标题，例如：鼓楼区社区招聘会', needName: '请填名称', channel: '怎么办', when: '时间', zoneHint: '按北京时间填',
    region: '地区', regionHint: '办在哪里就选哪里，求职者按地区找', needRegion: '请选地区', venue: '场馆', venueFixed: '已经发布了，换地方请用“改期”。', address: '地址',
    approved: '全场核定人数', approvedHint: '许可上写的、同时在场最多的人数。到数自动锁闸，不知道可以以后再填。', people: '人',
    quota: '报名名额', quotaHint: '最多放多少张票；不填就不限', quotaSome: '已经有 {n} 人报名，不能比这少', campaign: '活动标识', campaignHint: '通知要求的标识，例如：2026年春风行动暨就业援助季',
    theme: '主题', themeHint: '例如：春风送岗促就业　真情相助暖民心', description: '介绍', descriptionHint: '有哪些岗位、带什么证件、怎么坐车',
    needNumber: '请填整数', needTime: '请填时间', endFirst: '结束要晚于开始',
  },
  clone: {
    after: '照“{name}”来办。', copied: '会带来：分区 {zones} 个、核定 {approved} 人、日程 {sessions} 项，还有闸门。展位、企业、报名和票不带。',
    make: '建好', makeTemplate: '存成模板', asTemplate: '只存成模板，以后照它办', again: '照它再办一场',
  },
  early: '还没到日子：{time}才开始。', stillInside: '场内还有 {n} 人。结束以后照常放人出、照常记。', gone: '没有这场招聘会', over: '这场招聘会结束了，内容不能再改。', saved: '保存好了', unsaved: '有改动还没保存', merged: '刚才有人改过，已换成最新的。你填的都留着，请看一遍再保存。', facts: '基本情况', reason: '原因', reasonShown: '报名的人会看到这句话',
  cancelled: '这场取消了：{reason}',
  figures: { registered: '报名', ofQuota: '名额 {n}' },
  late: {
    open: '{time} 就到点了，还没点“开场”：闸门和线上都还没开。', openDo: '去开场', openShort: '到点没开场',
    close: '{time} 就该散场了，还没点“结束”：闸门和线上都还开着。', closeDo: '去结束', closeShort: '到点没结束',
  },
  step: {
    published: { title: '发布这场招聘会', text: '发布后求职者能报名，企业能申请展位。改时间、换地方就要用“改期”，会通知报名的人。', action: '发布', done: '发布了' },
    open: { title: '开场', text: '开场后闸门开始放人，线上直播和面试可以开始。', action: '开场', done: '开场了' },
    closed: { title: '结束这场招聘会', text: '结束后闸门不再放人进，企业不能再收投递。', action: '结束', done: '结束了' },
    archived: { title: '归档', text: '归档后只能看，不能再改。', action: '归档', done: '归档了' },
    withdraw: { title: '撤回成草稿', text: '撤回后别人看不到。还没有人报名，所以可以撤回。', action: '撤回成草稿', done: '撤回了' },
    cancel: { title: '取消这场招聘会', text: '取消后不能恢复，报名的人马上会看到原因。只是换时间的话，请用“改期”。', action: '取消这场', done: '取消了' },
  },
  ready: {
    weather: '天气原因', rain: '暴雨预警，改期举办', typhoon: '台风预警，改期举办', snow: '雨雪冰冻，改期举办', venue: '场地临时不能用', permit: '按安全许可的核定人数', typo: '上次填错了',
    full: '展位满了', licence: '证照没有核验', unfit: '和这场的主题不符', unclear: '照片看不清，请重新拍', mismatch: '单位名称或号码和填的不一样', expired: '证照过期了', wrongPaper: '不是人力资源服务许可证或营业执照',
    fees: '向求职者收费', fake: '岗位信息不实', mended: '问题已经改好',
  },
  list: {
    title: '准备清单', texts: '标识与介绍', venue: '场馆', approved: '全场核定', zones: '分区', gates: '闸门', agenda: '日程', booths: '展位', applications: '展位申请',
    noVenue: '发布前要定好', noApproved: '发布前要填', people: '{n} 人', bareZones: '{letters} 区还没有核定人数', noZones: '不分区也可以办', noGates: '要数人就要设闸门',
    written: '写好了', noTexts: '还没写全', sessions: '{n} 项', noAgenda: '还没有', noBooths: '还没摆', waiting: '{n} 家等处理', noneWaiting: '都处理完了', count: '{n} 个',
  },
  move: {
    title: '改期', seen: '大家会看到', notice: '时间或地点有变化', nothing: '还没有改动', send: '改好并通知', done: '改好了，报名的人已经能看到', history: '改期记录', needVenue: '请填场馆',
    tickets: '{n} 张票上马上显示新时间，票不用重新领', employers: '{n} 家已排展位的企业', gates: '门岗的扫码页，按新时间验票', agenda: '{n} 项日程一起顺延', closes: '现在正在进行，改到以后会先变回“已发布”，闸门不再放人',
    draft: '还是草稿，没有人看到过，直接改就行。', draftReason: '草稿改时间',
  },
  zones: {
    venue: '全场核定', sum: '{n} 个分区合计', noVenue: '先填全场核定人数', over: '比全场多 {n} 人：可以，但全场到数就锁闸。', equal: '正好等于全场', under: '比全场少 {n} 人，这些人可以在公共区域', setVenue: '调全场核定数', logged: '会记进操作记录',
    none: '还没有分区。小型招聘会可以不分区。', add: '加一个分区', one: '分区 {letter}', letter: '字母', name: '名称', approved: '核定人数', locked: '进行中，到现场台调', across: '宽（米）', down: '深（米）',
    plan: '分区位置', keys: '方向键选分区，回车拿起，方向键移动，再按回车放下，Esc 放回。', planHint: '场地 {width} 米 × {height} 米，拖动分区摆到实际位置。', onlineOnly: '线上招聘会不用分区，也不用核定人数。',
    needLetter: '填一两个字母', needName: '请填名称', overVenue: '不能超过全场的 {n} 人', needSize: '请填米数，例如 30',
  },
  agenda: {
    empty: '还没有日程', emptyText: '企业推介、政策讲解、技能展示，写上时间，求职者好安排。', one: '第 {n} 项', title: '内容', speaker: '谁来讲', place: '在哪里', add: '加一项', needTitle: '请填内容', outside: '不在招聘会的时间里',
  },
  plan: {
    noZones: '先画分区，再摆展位', noZonesText: '展位摆在分区里，编号跟着分区的字母走。', count: '{n} 个展位', free: '空 {n} 个', waiting: '{n} 家等排位', search: '搜展位号、企业', choose: '点一个展位，看谁在那里、改号、换企业。',
    give: '给哪家企业', whom: '选一家已同意的企业', place: '排到这里', placed: '排到 {number} 了', needOrganisation: '请选企业', freeNone: '空展位。同意展位申请后，可以把企业排到这里。', jobs: '带来 {n} 个岗位',
    freeDo: '空出来', freeTitle: '空出 {number}', freeText: '{name}不再在这个展位，可以再排到别处。', change: '改号、挪位置', number: '展位号', x: '离左边（米）', y: '离上边（米）', needNumber: '请填展位号', remove: '删掉展位', removeTitle: '删掉展位 {number}', removed: '{number} 删掉了',
    layOut: '摆展位', zone: '在哪个分区', standing: '已有 {n} 个', more: '再摆几个', layOutDo: '摆好', laidOut: '摆好了 {n} 个', needCount: '1 到 500', single: '单独加一个，编号', add: '加上',
  },
  applications: {
    filter: '按结果看', status: { pending: '等处理', approved: '已同意', rejected: '没同意', withdrawn: '企业撤回' }, who: '企业', wish: '要求', licence: '证照', when: '申请时间', result: '处理', contact: '联系人 {name}',
    licences: { approved: '已核验', pending: '等核验', missing: '没有证照', expired: '证照过期' }, toReview: '去审核', why: { missing: '上传证照并核验后才能同意', pending: '证照核验后才能同意', expired: '换新证照后才能同意' },
    approve: '同意', approvePlace: '同意并排位', reject: '不同意', approveTitle: '同意{name}参加', booth: '排到哪个展位', later: '先同意，以后再排', noFree: '没有空展位，先到展位图摆', wishes: '企业的要求：{wish}', approvedDone: '同意了{name}', toPlace: '去排位',
    rejectTitle: '不同意{name}', rejectText: '企业会看到原因，改好后可以再申请。', noneWaiting: '没有等处理的申请', noneText: '企业申请后马上出现在这里。',
  },
  share: {
    page: '招聘会页面', wall: '大屏', gate: '门岗扫码页', print: '打印海报', open: '打开看看', poster: '海报', qr: '招聘会页面的二维码', scan: '扫码看岗位、领入场码', scanFor: '微信和浏览器都能打开',
    draft: '还没有发布，别人打不开这个地址。', over: '这场已经不再报名，海报不要再贴。', local: '现在用的地址只有这台电脑能打开。请用别人也能打开的地址进工作台，再打印海报。',
  },
  reviews: {
    lead: '核验过的企业才能发岗位、进展位', filter: '按结果看', status: { pending: '等审核', approved: '通过', rejected: '没通过' }, none: '没有等审核的证照', noneText: '企业上传后马上出现在这里。', who: '企业', number: '证照号', until: '有效到', sent: '上传时间', decided: '审核时间',
    expired: '已过期', review: '审核', look: '看', scanOf: '{name}的证照', pdf: '这是 PDF 文件，在新窗口里看', open: '打开看', turn: '转一下', larger: '放大', smaller: '缩小', compare: '对一对：单位名称、号码、有效期和照片上的一样吗', why: '为什么不通过', whyHint: '企业会看到这句话',
    approve: '通过', reject: '不通过', approved: '{name}通过了', rejected: '{name}没通过，原因发给企业了',
  },
  partner: {
    lead: '本省的用人单位', search: '搜名称、信用代码', name: '单位名称', creditCode: '统一社会信用代码', department: '部门', licence: '证照', since: '登记时间', status: '状态', verifiedUntil: '已核验，到 {day}', unverified: '没有核验', suspended: '暂停了', active: '正常', none: '还没有用人单位', noneText: '企业从登录页登记后出现在这里。', needName: '请填单位名称，至少两个字',
    facts: '登记信息', licences: '证照', noLicence: '还没有上传证照', verifiedBy: '核验', whoCan: '要暂停这家单位，请找本局管理员。', stop: '暂停', resume: '恢复', stopTitle: '暂停{name}', stopText: '暂停后它的岗位不再显示，不能申请展位、发岗位。', resumeTitle: '恢复{name}', resumeText: '恢复后可以再发岗位、申请展位。', suspendedText: '这家单位暂停了：不能发岗位，也不能申请展位。',
  },
  bureaus: { lead: '能办招聘会的部门', new: '加主办单位', nameHint: '例如：福州市人力资源和社会保障局', regionHint: '它管哪里就选哪里；证照审核按省', create: '加上，并邀请管理员', none: '还没有主办单位', noneText: '先加一个人社局，再把链接发给它的管理员。', invited: '{name}加好了', invitedText: '把这个链接发给它的第一位管理员，打开后设账号和密码。' },
} as const;
export default organiser;
