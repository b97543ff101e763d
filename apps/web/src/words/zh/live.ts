/** Words of live broadcasts on the phone. They come with the first live page, not with the first view. */
const zh = {
  title: '直播', gone: '没有这场直播', goneText: '可能链接写错了，或者取消了。',
  kind: { talk: '直播带岗', tour: '直播探岗' },
  status: { scheduled: '还没开始', rehearsing: '还没开始', live: '直播', paused: '直播', ended: '回放', cancelled: '取消了' },
  stopped: '停播了', watching: '{n} 人看', watchingSpoken: '{n} 人在看，不算场内', verified: '{by}已核验', booth: '展位 {code}', jobsOf: '{n} 个岗位', peak: '最多 {n} 人同时看',
  list: { title: '直播', now: '正在直播', next: '接下来', replays: '看回放', watch: '看直播', more: '看全部', all: '{n} 场', startsAt: '{time} 开播', soon: '马上开播', ended: '{day}播过', homeNow: '正在直播' },
  remind: { on: '提醒我', off: '不提醒了', done: '开播前会发短信提醒你', undone: '不提醒了', why: '登录后才能提醒你，短信发到登录的手机号。', set: '已约提醒' },
  calendar: '加到手机日历',
  cover: {
    opening: '正在打开直播', notYet: '还没开播', inTime: '还有 {time}', anyMoment: '马上开播，不用刷新', rehearsing: '主播在准备，马上开播', paused: '主播暂停一下', pausedText: '马上回来，不用刷新。',
    interrupted: '主播掉线了，马上回来', interruptedText: '已经等了 {time}。画面会自己回来，聊天还能用。', noPicture: '主播没开画面', noPictureText: '正在说话，听得到声音。',
    ended: '这场播完了', endedText: '回放还在做，好了会自己出来。', noReplay: '这场没有回放，岗位还能投。', watchReplay: '看回放', stopped: '主办方停了这场直播', stoppedText: '原因：{reason}', cancelled: '这场直播取消了',
    preparing: '直播服务正在准备，{n}%', preparingText: '好了会自己开始，不用刷新。岗位现在就能投。', unavailable: '现在看不了直播画面', unavailableText: '这台服务器不能直播。聊天和投岗位都能用。', removed: '你被请出了这场直播', refused: '现在进不去', retry: '再试一次',
    audioOnly: '只听声音', audioOnlyText: '省流量，约 {mb} MB/分钟', text: '网络太弱，只剩文字', textText: '聊天和投岗位都能用。网络好了，声音画面自动回来。', waiting: '网络断了，正在重连',
  },
  sound: { tap: '点一下开声音', on: '开声音', off: '静音', spokenOn: '声音开了', spokenOff: '声音关了' },
  play: { tap: '点一下播放', full: '全屏', exit: '退出全屏' },
  quality: {
    title: '清晰度和流量', lead: '网络差了会自己变小，好了自己变回来。', leadSingle: '网络差了先只听声音，好了画面会回来。', auto: '自动', autoText: '跟着网络走', autoCost: '跟着网络走，有画面时约 {mb} MB/分钟', saver: '省流量', saverText: '画面小一点', saverCost: '画面小一点，约 {mb} MB/分钟', audio: '只听声音', audioText: '不看画面', audioCost: '不看画面，约 {mb} MB/分钟',
    single: { webrtc: '主播只发一种画面，没有小画面。', hls: '普通播放只有一种画面。', none: '' }, soundless: '这场没有声音可以单独听。',
    used: '这次用了 {mb} MB', usedPartly: '这次至少用了 {mb} MB', usedUnknown: '用了多少流量，这台手机不告诉网页', partly: '普通播放用的流量没算上，这台手机不告诉网页。', way: { webrtc: '实时', hls: '普通播放，慢几秒', none: '没有画面和声音' }, label: '{step} {used}，换清晰度', labelPlain: '{step}，换清晰度',
    step: { high: '流畅', low: '小画面', audio: '听声音', text: '只有文字' }, hls: '普通播放',
    down: { low: '网络弱，画面变小了。网络好了自动变回来。', audio: '网络弱，先只听声音。网络好了，画面自动回来。', text: '网络断了声音画面，聊天还在。正在重连。' }, up: { high: '网络好了，画面变清楚了。', low: '网络好了，画面回来了。', audio: '声音回来了。' },
    hlsNow: '实时播放连不上，换成普通播放，会慢几秒。', rtcNow: '换回实时播放了。', ladder: { picture: '画面', sound: '声音', text: '文字' },
  },
  chat: {
    label: '聊天', host: '主播', me: '我', say: '说点什么', ask: '提问', question: '问', send: '发', sending: '正在发…', sayLabel: '要说的话', asQuestion: '作为问题，主播会单独看到', answered: '答过了', waiting: '等主播看过再显示', removed: '没有通过',
    slow: '慢速模式，{n} 秒后能再发', muted: '你被禁言到 {time}', banned: '你被请出了这场直播，不能发言。', tooLong: '最多 200 个字', earlier: '看前面的', all: '全部聊天', open: '打开聊天', none: '还没有人说话', why: '登录后就能说话，别人只看到你的姓。', newest: '最新的', over: '直播结束了，不能再发言。', spoken: '{author}说：{text}', heldNote: '里面有钱、押金这类字，主播看过才显示。',
  },
  fraud: { text: '招聘不收费。不先交钱，不押身份证。有人私下收费，点举报。', short: '招聘不收费，不押证件。' },
  report: {
    do: '举报', title: '举报这场直播', text: '有人收费、要押金、扣身份证，或者说的和岗位卡不一样，都可以举报。不用登录，单位看不到是谁举报的。', call: '打 12333', callText: '人社服务电话，免费', save: '也可以打电话。记下单位和时间：{name}，{time}。回放会留作证据。',
    about: '举报什么', broadcast: '这场直播', host: '主播 {name}', messages: '聊天里的一句话', message: '{author}：{text}', why: '哪里不对', words: '说说经过', wordsHint: '可以不写。写清楚谁、什么时候、怎么说的，查得快。', needKind: '请选哪里不对', needText: '请写一句出了什么事', send: '举报', sending: '正在送…',
    sent: '举报收到了', sentText: '主办方会看回放核实。结果在这里看。', mine: '我的举报', status: { waiting: '正在处理', upheld: '属实', dismissed: '没有查到' }, answer: '主办方：{reason}', decided: '你的举报有结果了',
  },
  like: { do: '点赞', count: '{n} 个赞' },
  card: { now: '正在讲', nth: '第 {n} 个，共 {all} 个', see: '看详情', apply: '一键投递', applied: '投过了', list: '岗位', listTitle: '这场的岗位', none: '还没有讲到岗位', noneText: '可以先看看这场的岗位。', wanted: '招 {n} 人', label: '正在讲的岗位' },
  stage: {
    raise: '举手', title: '上麦说话', lead: '举手后排队，主播请你了，你点同意才会出声。别人只看到你的姓。', why: '登录后才能举手。', do: '举手排队', waiting: '第 {n} 位，等主播请你', waitingText: '可以接着看。轮到了会响一下、弹出来。', lower: '不排了', lowered: '手放下了',
    invited: '主播请你说话', invitedText: '同意以后，看直播的人都能听到你。先试试麦克风。', check: '试麦克风', checking: '正在打开…', level: '说句话，这里会动', withCamera: '同时打开摄像头', accept: '同意，上麦', decline: '这次不了', joining: '正在上麦…', on: '你在麦上，大家能听到', mute: '关麦', unmute: '开麦', leave: '下麦', left: '你下麦了', taken: '主播请你下麦了', guests: '连麦：{names}', over: '这次连麦结束了', off: '麦关着', full: '现在没有空位，请等一下',
    problem: { denied: '手机不让用麦克风。在浏览器的设置里，把这个网站的麦克风改成“允许”。', missing: '没有找到麦克风。', busy: '麦克风正被别的应用用着，比如在打电话。', insecure: '这个网址不是 https，浏览器不给用麦克风。', unsupported: '这个浏览器不能说话，可以打字。', other: '麦克风没打开，再试一次。' },
  },
  replay: { sound: '只听声音', used: '这次用了 {mb} MB', picture: '看画面', perMinute: '约 {mb} MB/分钟', play: '播放', pause: '暂停', seek: '进度', at: '{now}，共 {all}', back: '退 10 秒', forward: '进 10 秒', note: '这是回放，岗位还能投。', failed: '回放没有打开', none: '回放还在做' },
  share: '发给别人', close: '离开直播间', tour: { title: '探岗清单', workshop: '车间', dormitory: '宿舍', canteen: '食堂', contract: '合同', shown: '{time} 拍到', where: '定位误差 {n} 米', notYet: '还没拍到' },
} as const;
export default zh;
