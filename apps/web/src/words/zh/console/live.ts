/** Words of live broadcasts: the employer's list and studio, the organiser's watching, stopping and words that are held. */
const live = {
  kind: { talk: '直播带岗', tour: '直播探岗' },
  kindText: { talk: '坐下来讲岗位，观众边看边投', tour: '拿着手机走进车间、宿舍、食堂，把合同也拍清楚' },
  status: { scheduled: '还没开播', rehearsing: '排练中', live: '直播中', paused: '暂停中', ended: '播完了', cancelled: '已取消' },
  gone: '没有这场直播', share: '分享', shareTitle: '给求职者看的网址', watchPage: '观众看到的页面', copyHint: '发到群里，点开就能看。',
  notInHall: '不算场内', viewersNow: '{n} 人在看', peak: '最多 {n} 人同时看', likes: '{n} 个赞', lasted: '播了 {for}', stoppedBy: '主办方停播：{reason}',
  media: {
    preparing: '直播服务正在准备', preparingText: '第一次启动要几分钟，好了这里自己会变，不用守着。招聘会别的事照常办。', percent: '准备了 {n}%',
    unavailable: '这台服务器现在不能直播', unavailableText: '招聘会别的功能都能用。请系统管理员看看服务器的日志。',
  },
  list: {
    lead: '在招聘会上直播讲岗位，观众看着就能投递', new: '安排直播', none: '还没有直播', noneText: '选一场招聘会，排好时间和岗位，到点打开直播间就能播。',
    now: '正在直播', upcoming: '接下来', past: '播过的', cancelled: '取消的',
    studio: '进直播间', detail: '看详情', edit: '改', replay: '看回放', noReplay: '没有回放', jobs: '{n} 个岗位', booth: '展位 {code}', lineLost: '直播的情况暂时不会自己变，正在重连',
    needBooth: '还没有排好的展位', needBoothText: '直播要从自己单位的展位上播。先申请展位，主办方排好就能安排。', toFairs: '去申请展位',
    cancel: '取消这场', cancelTitle: '取消“{title}”', cancelText: '取消以后不能恢复，约了提醒的人会看到取消了。改时间请点“改”。', cancelled1: '取消了',
  },
  form: {
    new: '安排直播', edit: '改直播', facts: '这一场', fair: '哪一场招聘会', fairHint: '只列出本单位有展位的', booth: '从哪个展位播', kind: '怎么播', title: '直播标题', titleHint: '例如：走进海峤车间，数控和装配招 100 人',
    when: '什么时候播', whenHint: '按北京时间。要在招聘会的时间里', cover: '封面', coverHint: '横着的照片，JPEG 或 PNG，最大 10 MB。没有就用单位名称', coverChoose: '选一张照片', coverAnother: '换一张', coverOf: '“{title}”的封面',
    jobs: '讲哪些岗位', jobsHint: '按讲的先后排。观众在直播间里就能投', jobsMore: '还可以加', noJobs: '还没有在招的岗位', noJobsText: '先发布岗位，再来安排直播。', toJobs: '去写岗位', add: '加上', up: '{title} 往前', down: '{title} 往后', drop: '{title} 不讲了',
    hosts: '谁来主播', hostsHint: '勾上的人才能进直播间，可以两个人同时出镜', me: '你', needTitle: '请写标题', needJobs: '至少选一个岗位', manyJobs: '最多 30 个', needHosts: '至少选一个人', manyHosts: '最多 10 个人', needTime: '请填时间', endFirst: '结束要晚于开始', past: '开始时间已经过了',
    outside: '不在招聘会的时间里（{time}）', coverLarge: '这张照片有 {size}，最大 10 MB', coverKind: '只收 JPEG 或 PNG，换一张', save: '排好', saveEdit: '保存修改', saved: '排好了，观众能在招聘会页面上看到', savedEdit: '改好了', over: '已经开播或结束，不能再改。',
    preview: '招聘会页面上的样子', rules: '直播招聘也是发布招聘信息：要有核验过的证照，讲的工资和岗位卡上一致，不能收费、收押金、扣证件。回放会保存作为凭证。',
  },
  licence: { missing: '没有核验过的证照，能安排、能排练，不能开播。', pending: '证照还在等人社局核验，通过以后才能开播。', expired: '证照到期了，换新的核验以后才能开播。', suspended: '本单位被暂停了，不能开播。请联系人社局。', do: '去看证照' },
  page: { funnel: '这一场的效果', jobs: '讲的岗位', hosts: '主播', encoder: '用 OBS 或编码器推流', when: '时间', fair: '招聘会', notYet: '开播以后，这里能看到多少人看了卡片、点开、投递。', replayNow: '回放', replayText: '观众在同一个页面看回放，聊天和岗位卡跟着时间走。', replayLength: '回放 {for}', replayMaking: '回放还没好', replayMakingText: '播完几分钟内会好。' },
  encoder: {
    lead: '有专业相机或 OBS，可以不用浏览器的摄像头。别的编码器也行，要支持 WHIP。',
    steps: { key: '在这里生成推流密钥。', fill: 'OBS 30 以上：设置，直播，服务选 WHIP，服务器地址和密钥各填一格。', output: '设置，输出：照密钥下面的建议填。声音用 Opus，OBS 自己会选。', rehearse: '打开直播间，不用开摄像头，点“进去排练”。再到 OBS 点“开始直播”，直播间里会出画面，观众还看不到。', live: '看好画面和声音，在直播间点“开播”。断线了 OBS 会自己重连，30 秒内回来还是同一场、同一段录像。' }, make: '生成推流密钥', makeDone: '新密钥生成了', turn: '换一个密钥', turnTitle: '换推流密钥', turnText: '旧的密钥马上失效，正在用它推流的会断开。', end: '停用密钥', endTitle: '停用推流密钥', endText: '用编码器推的画面马上断开，以后要推就再生成一个。', ended: '停用了',
    url: '服务器地址', key: '密钥（Bearer Token）', once: '密钥只显示这一次，请现在就填好。丢了就换一个。', before: '以前生成过的，再生成一次就失效。', dismiss: '填好了', quality: '建议：1280×720，每秒 30 帧，码率 2500，关键帧间隔 2 秒，H.264 baseline，不用 B 帧。',
  },
  funnel: {
    job: '岗位', saw: '看到卡片', tapped: '点开', applied: '投递', none: '还没有人看到卡片', noneText: '置顶一个岗位，观众就能看到它的卡片。', people: '人', of: '占看到的 {share}', note: '按人数算，一个人看几次算一次。同一个人可能看几个岗位，所以不加总。', reload: '再看一次',
  },
  check: {
    title: '开播前试一试', lead: '看看镜头、听听声音、测测网速。现在别人看不到你。', camera: '摄像头', microphone: '麦克风', noCamera: '不用摄像头，只播声音', noMicrophone: '没有麦克风', default: '系统默认', nth: '第 {n} 个{what}', flip: '镜像看自己', front: '前面的镜头', back: '后面的镜头',
    level: '说句话，这里会动', levelQuiet: '听不到声音，看看麦克风是不是静音了', levelGood: '声音正常', levelLoud: '太响了，离麦克风远一点',
    upload: '上行网速', uploadMeasuring: '正在测…', uploadGood: '{rate}，够播高清', uploadFair: '{rate}，能播，画面会小一点', uploadWeak: '{rate}，太慢，建议换网络或者只播声音', uploadUnknown: '没测出来，不影响开播', again: '再测一次', line: '线路',
    start: '打开摄像头和麦克风', starting: '正在打开…', retry: '再试一次', preview: '你的画面', soundOnly: '只播声音', ready: '可以开播', notReady: '还不能开播',
    licenceOk: '证照有效', licenceBad: '证照', timeEarly: '{time}才到预定时间，可以先排练。',
    rehearse: '进去排练', live: '开播', join: '进直播间', entering: '正在进…', asHost: '{name} 已经在里面', encoder: '用 OBS 推流，这里不开摄像头', encoderText: '画面和声音由 OBS 送来。在这里排练、开播、讲岗位、看聊天。',
    problem: {
      denied: '浏览器不让用摄像头或麦克风', deniedText: '点地址栏左边的小锁，把摄像头和麦克风改成“允许”，再点“再试一次”。', missing: '没有找到摄像头或麦克风', missingText: '插上设备再试；只有麦克风也能播声音。', busy: '摄像头正被别的程序用着', busyText: '关上会议软件、相机这类程序，再试一次。',
      insecure: '这个地址不安全，浏览器不给用摄像头', insecureText: '请用 https 开头的地址打开（一台电脑上用 localhost 也行）。会场里用 npm start -- --lan 开出来的地址。', unsupported: '这个浏览器不能直播', unsupportedText: '请用新版的 Chrome、Edge 或 Safari；微信里请点右上角“在浏览器打开”。', other: '打不开设备', otherText: '拔下来再插上，或者换一个设备试试。',
    },
  },
  studio: {
    title: '直播间', verified: '{organisation}，{by}{on}已核验', unverified: '{organisation}，证照没有核验', back: '出直播间', recording: '正在录制', notHost: '你不是这场的主播', notHostText: '请安排这场直播的同事把你勾成主播。', leaveTitle: '离开直播间', leaveText: '你的画面和声音马上停。没有别的主播在，观众会看到“主播暂时离开”，5 分钟没人回来就自动下播。', leave: '离开', stay: '留下',
    rehearsing: '排练中，观众看不到', paused: '暂停中，观众看到“主播马上回来”，听不到声音', liveFor: '已播 {time}', ended: '这一场播完了', endedText: '谢谢你。下面是这一场的效果，回放一会儿就好。', cancelled: '这一场取消了', stopped: '主办方停了这一场', startAgain: '再试一次设备',
    goLive: '开播', goLiveTitle: '现在开播', goLiveText: '观众马上能看到、听到你，录像也从现在开始。约了提醒的人会收到通知。', goLiveDone: '开播了', endRehearsal: '结束排练', endRehearsalDone: '排练结束了',
    mute: '关麦', unmute: '开麦', cameraOff: '关画面', cameraOn: '开画面', turnCamera: '换镜头', screen: '共享屏幕', screenOff: '停止共享', pause: '暂停', resume: '继续播', end: '下播', devices: '换设备', soundOnly: '只播声音', pauseTitle: '暂停直播', pauseText: '观众会看到“主播马上回来”，听不到声音，聊天还能用。', paused1: '暂停了', resumed: '继续了',
    endTitle: '下播', endText: '观众马上看不到了，这一场不能再继续。正在看的 {n} 人会看到回放的入口。', endDone: '下播了',
    mutedNote: '麦关着，观众听不到你', cameraOffNote: '画面关着，观众只听得到声音', screenNote: '正在共享屏幕，观众看到的是它', me: '我', guest: '连麦', host: '主播', noPicture: '没有画面', hearing: '点一下才能听到别人', hear: '听声音', screenOf: '{name} 的屏幕', you: '{name}（我）',
    screenRefused: '没有共享屏幕', noScreen: '这台设备不能共享屏幕',
  },
  line: {
    connecting: '正在连直播服务…', lost: '断线 {for}了，正在重连', lostText: '连上以后还是这一场，录像也接着录，不用点什么。', late: '断开太久了，正在重新进直播间', back: '重新连上了', removed: '你被请出了直播间', taken: '{source}被关掉了', failed: '没进去直播间', interrupted: '观众现在没有画面，已 {for}',
    end: { bitrateTooHigh: '推流码率太高，断开了：推了 {sent}，最多 {most}。' }, endText: { bitrateTooHigh: '到 OBS 或编码器的“输出”里把码率调到 {most} 以下，再推一次。密钥不用换。' }, endRest: { bitrateTooHigh: '又太高了。到 OBS 或编码器的“输出”里把码率调到 {most} 以下，{rest} 秒后再推。' },
    weak: '网络弱，观众可能会卡。走近路由器，或者先关画面只说话。', fair: '网络有点慢，画面自动变小了，会自己恢复。', uploads: '上行', source: { camera: '摄像头', microphone: '麦克风', screen: '屏幕', screenAudio: '屏幕声音' },
  },
  net: { title: '观众收到的', me: '我的网络', viewers: '观众网络', bitrate: '上行 {rate}', loss: '丢包 {share}', each: '每位观众 {rate}', layers: '{n} 档清晰度', layer: '第 {n} 档', off: '没开', lossViewers: '观众丢包 {share}', receivers: '{n} 路在接收', received: { high: '高清 {n} 人', middle: '标清 {n} 人', low: '流畅 {n} 人', sound: '只听声音 {n} 人' }, none: '还没有数', source: '来源', rate: '码率', resolution: '画面 {w}×{h}' },
  jobs: { title: '讲解单', count: '{n} 个岗位', applied: '投递', papers: '份', pinned: '正在讲，观众看得到这张卡', pin: '置顶', pinOf: '置顶 {title}', next: '讲完了，换下一个', unpin: '收起卡片', done: '已讲过', none: '这一场没有岗位', pinnedTold: '置顶了：{title}', unpinned: '卡片收起来了', wait: '进直播间以后才能置顶' },
  tabs: { label: '观众', chat: '聊天', questions: '提问', held: '待审', stage: '连麦', complaints: '举报', jobs: '岗位', effect: '效果', tour: '清单', waiting: '{n} 件' },
  chat: {
    label: '聊天消息', none: '还没有人说话', noneText: '观众说的话会出现在这里。', older: '看更早的', say: '以主播身份说话', saySend: '发送', sayModerator: '以主办方身份说话', newer: '有新消息', host: '主播', me: '我', act: '处理 {name} 的消息', slow: '慢速', slowOff: '不限', slowSeconds: '{n} 秒一条', slowLabel: '每位观众多久能说一句', slowDone: '慢速改好了', question: '提问',
    tooLong: '最多 {n} 个字', closed: '播完了，不能再说话',
  },
  questions: { none: '没有等回答的提问', noneText: '观众点“提问”发来的，会按先后排在这里。', answered: '答过了', answeredOf: '{name} 的提问答过了', told: '标好了' },
  held: {
    none: '没有拦下的消息', noneText: '带收费、诈骗、骂人字眼的消息，先拦下来给你看。', title: '已拦下，观众看不到', words: '因为有：{words}', show: '误拦，放出', remove: '删除', punish: '删除并禁言', showOf: '误拦，放出 {name} 的消息', removeOf: '删除 {name} 的消息', shown: '放出去了', removed: '删掉了', kinds: { fee: '收费', fraud: '诈骗', abuse: '骂人' },
    sanctions: '禁言和请出', sanctionNone: '没有人被禁言', lift: '解除', liftOf: '解除 {name} 的{what}', lifted: '解除了', mutedUntil: '禁言到 {time}', banned: '请出了', kind: { mute: '禁言', ban: '请出' },
  },
  act: {
    title: '处理这条消息', who: '{name} 说：', titleHand: '处理这位观众', whoOnStage: '{name} 在麦上', whoRaised: '{name} 举了手', muteHand: '禁言', banHand: '请出这场直播', what: '怎么处理', remove: '只删这一条', mute: '删掉，并禁言', ban: '删掉，并请出这场直播', muteText: '不能说话，也不能举手，还能看', banText: '不能再进这场直播，换设备也不行', minutes: '禁言多久', minute: '{n} 分钟', hour: '1 小时', day: '一天', reason: '原因', reasonHint: '会记下来，本人也能看到', go: '就这样办', ready: { fraud: '像诈骗', fee: '向求职者收费', abuse: '骂人', spam: '刷屏', ads: '发广告' }, done: { remove: '删掉了', mute: '禁言了', ban: '请出去了' },
  },
  stage: {
    title: '连麦排队', note: '按举手先后，对方同意才上麦', none: '没有人举手', noneText: '观众举手以后按先后排在这里。请他上来，他同意了才会出声。', on: '正在连麦', waiting: '等了 {for}', invited: '已邀请，等他同意', invite: '邀请', inviteOf: '邀请 {name} 上麦', takeOff: '请下麦', takeOffOf: '请下麦：{name}', lower: '放下', lowerOf: '把 {name} 的举手放下', invitedTold: '邀请发出去了', off: '请下麦了', place: '第 {n} 位', act: '处理 {name}：禁言或请出',
  },
  tour: {
    title: '探岗清单', done: '拍完 {n} / {all}', places: { workshop: '车间', dormitory: '宿舍', canteen: '食堂', contract: '合同样本' }, hint: { workshop: '机器、工位、防护用品', dormitory: '几人间、空调热水、要不要钱', canteen: '饭菜和价钱', contract: '工资、工时、社保那几页' }, not: '还没拍', tick: '拍到了', tickOf: '{place}拍到了，盖上时间地点', stamped: '{time} 已盖时间地点', stampedTime: '{time} 已盖时间', stampedLater: '{time} 已盖时间，{later} 补了位置', accuracy: '误差 {n}', locate: '补位置', locateOf: '{place}补上位置', locateRefused: '手机没给位置，没补上。允许定位后再点一次', asking: '正在定位…',
    ask: '盖章会问手机的位置，证明是在现场拍的。不同意也行，只盖时间。', refused: '没有位置，只盖了时间', wait: '开播以后才能盖', all: '四处都拍到了',
  },
  effect: { title: '这一场的效果', entered: '最多同时看', now: '正在看', applied: '投了简历' },
  desk: { title: '线上直播', now: '在线观看', none: '现在没有直播', next: '下一场 {time}：{title}', all: '看全部直播', noneAtAll: '这场还没有安排直播', more: '另有 {n} 场', watch: '看 {title}' },
  complaints: {
    none: '没有人举报', noneText: '观众在直播页点“举报”，就会按先后排在这里。单位看不到。', by: '{author} 举报', at: '开播后 {time}', before: '开播前', waited: '等了 {for}', host: '举报主播 {name}', message: '举报 {name} 的话', broadcast: '举报这场直播', decided: '处理过的', uphold: '属实', dismiss: '不属实', upholdOf: '{author} 的举报属实', dismissOf: '{author} 的举报不属实',
    status: { waiting: '等处理', upheld: '属实', dismissed: '不属实' },
    upholdTitle: '这条举报属实', upholdText: '这里只记下结论。要停播、删消息，用旁边的按钮。', dismissTitle: '这条举报不属实', dismissText: '看过回放再定。', reasonHint: '举报的人会看到，也会记在操作记录里', ready: { stopped: '核实了，这场已经停播', warned: '核实了，已经要求主播改正', removed: '核实了，消息已经删掉', fine: '看过回放，没有这样的话', duplicate: '同一件事已经处理过' }, done: '处理好了',
    remove: '删掉这句话', removed: '删掉了', gone: '这句话已经删掉', waiting: '举报 {n} 件',
  },
  organiser: {
    tab: '直播', none: '这场还没有直播', noneText: '有展位的企业在自己的工作台里安排，安排好就出现在这里。', watch: '进去看', watching: '正在看', stop: '停播', stopTitle: '停掉“{title}”', stopText: '观众和主播马上断开，这一场不能再继续。企业和观众都会看到原因。', stopDone: '停播了', ready: { fraud: '宣传和岗位卡不符', fee: '向求职者收费', illegal: '有违法内容', licence: '证照有问题', safety: '现场安全' },
    who: '{organisation}·展位 {booth}', total: '正在看 {n} 人，不算场内', noPicture: '还没有画面', player: '{title} 的直播画面', soundOff: '点一下开声音', soundOn: '声音开着', mute: '关声音', notLive: '还没开播，开播了自己会出画面。', over: '播完了', rules: '停播要写原因，会记在操作记录里。', data: '画面',
    kicked: '这场直播断开了', again: '重新连', paused: '主播暂停了，马上回来', interruptedFor: '主播断线 {for}了，等他回来', hls: '普通播放，慢几秒',
  },
  words: {
    title: '拦截词', lead: '观众的消息里有这些字眼，先拦下来，主播或主办方放出才看得到。本局招聘会的直播都用这一份。', add: '加一个词', word: '词或短语', kind: '类别', addDo: '加上', search: '搜词', none: '还没有拦截词', noneFound: '没有搜到', count: '{n} 个', drop: '删掉 {word}', save: '保存', saved: '保存好了，正在播的也马上用新的', unsaved: '还没保存', need: '请写一个词', long: '最多 30 个字', twice: '已经有了', many: '一次贴多个，一行一个', kindText: { fee: '收费、押金、中介费', fraud: '刷单、贷款、转账、加群', abuse: '骂人、歧视' }, hint: '空格和标点不用管，夹在字中间也认得出。太短的词会误拦好人，尽量写整个说法。', short: '一个字的词会拦住很多好人，最少两个字', undo: '放弃改动',
  },
} as const;
export default live;
