/** Words of interviews on the phone: queue, bookings, pre-check, room, result. They come with the first page that needs them. */
const zh = {
  title: '面试', booth: '展位 {code}',
  wait: { now: '马上到你', upTo: '{b} 分钟以内', minutes: '{a}–{b} 分钟', hours: '{a}–{b} 小时', unknown: '还估不准' },
  queue: {
    title: '排队面试', status: { open: '正在叫号', paused: '暂停叫号', closed: '现在不排队' },
    waiting: '{n} 人在等', nobody: '没人在等', talking: '{n} 人在面试', each: '一位 {n} 分钟左右', estimate: '现在排，大约等', noEstimate: '要等多久，现在还估不准。', pausedText: '企业先停一下，这会儿不能排。位置都留着。', closedText: '可以约个时间，或者先投岗位。', full: '人排满了（{n} 位），等一等再来。',
    join: '排队面试', joinHere: '我在展位，排队', mine: '我排着队', see: '看我的位置', both: '在手机上和在现场，排的是同一个队。', late: '这些数停在 {time}，正在重连', failed: '排队的数没有打开',
  },
  join: {
    title: '排{name}的队', slotTitle: '约{name}面试', job: '面试哪个岗位', anyJob: '还没想好', how: '怎么面试', online: '在手机上', onlineText: '轮到你时，用手机视频、语音或打字。', onSite: '我就在展位', onSiteText: '轮到你时，走到展位 {code}。',
    name: '名字', nameNeeded: '请写名字，企业才知道怎么叫你', consent: '同意{name}看我的资料，给我面试', consentText: '名字、学历、做过什么，有简历也能看。只给这一家，在“我同意过的”里随时能收回。', consentNeeded: '要先同意给{name}看，才能排队', slotConsentNeeded: '要先同意给{name}看，才能约',
    why: '勾上同意才能排', slotWhy: '勾上同意才能约', do: '排队', doing: '正在排队…', book: '约这个时间', booking: '正在约…', signInWhy: '登录后才能排队，轮到了会通知你。', slotSignInWhy: '登录后才能约，快到时会提醒你。',
    done: '排上了，第 {n} 位', called: '马上叫到你了', booked: '约好了', never: '困难身份、残疾证等信息不会给企业',
  },
  slots: { title: '约个时间面试', lead: '不想排队，就约一个。到点叫你。', none: '现在没有空的时间。', more: '看全部 {n} 个时间', minutes: '{n} 分钟', taken: '这个时间刚被约走了，看看别的。', failed: '能约的时间没有打开', label: '{day} {time}，{n} 分钟' },
  mine: {
    title: '我的面试', signInWhy: '登录后看排队和面试', none: '还没有面试', noneText: '在展位页排队，或者约个时间。', find: '看有哪些单位', now: '现在', queues: '正在排队', bookings: '约好的', past: '面试过的', home: '我的面试', lead: '排队、约好的时间、结果', waitingN: '排着 {n} 个队', failed: '没能更新',
  },
  place: {
    position: '第 {n} 位', next: '下一位就是你', wait: '大约还要', until: '大约 {a} 到 {b} 叫到', paused: '企业暂停叫号，你的位置留着。', keep: '开着这一页就行，也可以去看别的。轮到了会响、会发短信。', keepOnSite: '别走远。轮到了会响、会发短信，再到展位 {code}。',
    check: '先试试手机', checked: '手机试过了', leave: '不排了', leaveTitle: '不排了？', leaveText: '你的位置会让给后面的人，想排要重新排。', leaveYes: '不排了', left: '不排了', online: '手机上面试', onSite: '到展位面试',
    missed: '刚才叫到你，你没来', missedText: '位置给你留到 {time}。回来了就点一下，下一个叫你。', back: '我回来了', returned: '好，下一个叫你', dropped: '位置没有了', busy: '你在别家的面试里，位置给你留着。',
  },
  call: {
    title: '到你了', who: '{name} 请你面试', left: '还有 {time}', enter: '进入面试', later: '稍后', laterText: '位置先给你留着', kept: '位置给你留着，回来点“我回来了”', go: '请到展位 {code}', goText: '{name}在等你', where: '在展位图上看', coming: '这就过去', over: '这次叫号过了', flash: '到你了', again: '回到面试', running: '面试正在进行', soundOff: '点一下页面任何地方，叫号才会响。', waiting: '企业在等你',
  },
  booking: {
    at: '{day} {time}', inTime: '还有 {time}', late: '前一位还没结束，预计 {time} 开始', soon: '快到了，到点会叫你', move: '换时间', moveTitle: '换个时间', moveLead: '现在约的是 {time}', moveTo: '换到 {time}', moveNone: '没有别的空时间。', moved: '换好了', cancel: '不去了', cancelTitle: '取消这次面试？', cancelText: '{time} 的时间会让给别人。', cancelYes: '取消面试', cancelled: '取消了', calendar: '加到日历', cancelledBy: '企业取消了：{reason}', cancelledPlain: '取消了', missed: '到点没有来', with: '面试人：{name}',
  },
  past: {
    outcome: { nextRound: '进下一轮', offerIntent: '想录用你', unsuited: '这次不合适' }, status: { ended: '等结果', missed: '没赶上', cancelled: '取消了', called: '正在叫你', running: '正在面试' },
    next: { nextRound: '留意电话，企业会约下一轮。', offerIntent: '企业有录用的意向，会打电话谈入职。没签合同前，别交任何钱。', unsuited: '别灰心，还有别的岗位。', waiting: '企业还没写结果，写了会通知你。', missed: '可以再排队，或者约个时间。', cancelled: '可以再排队，或者约个时间。' },
    reason: '企业说', jobs: '看别的岗位', again: '再去排队', on: '{day}面试', took: '谈了 {time}', fraud: '谁让你先交钱、押身份证，都别给。',
  },
  check: {
    title: '试试手机', lead: '一分钟，别人现在看不到你、听不到你。', skip: '不试了，直接进', done: '试好了', enter: '进入面试', entering: '正在进去…', left: '{time} 内进去', answered: '已经替你应答，慢慢试', again: '再试一次', start: '开始试', startText: '手机会问能不能用摄像头和麦克风，点“允许”。',
    with: '怎么参加', withVideo: '视频', withAudio: '只用声音', withText: '只打字', withVideoText: '约 8 MB/分钟', withAudioText: '约 0.4 MB/分钟', withTextText: '几乎不用流量',
    camera: '摄像头', cameraOk: '看得到你', cameraOff: '没开，进去后也能开', turn: '换镜头', microphone: '麦克风', microphoneSay: '说句话，绿条会动', microphoneOk: '听得到你', microphoneOff: '没开，进去后也能开', level: '声音大小', speaker: '听筒', speakerTry: '放一段声音', speakerAsk: '听到“叮咚”了吗？', speakerYes: '听到了', speakerNo: '没听到', speakerOk: '听得到', speakerFix: '把音量调大，关掉静音，拔下耳机再试。', network: '网络', networkTesting: '正在试…', networkFail: '没试成，可以直接进', openedAt: '试过了',
    net: { good: '很好，视频没问题', fair: '一般，画面可能会停', weak: '弱，建议只用声音' },
    problem: {
      denied: '手机没让用', missing: '没有找到', busy: '别的应用正在用', insecure: '这个网址不能用摄像头和麦克风', unsupported: '这个浏览器不能用', other: '没打开',
      deniedText: '下面教你怎么打开。不开也能面试，可以只打字。', missingText: '没有也能面试，换一种方式参加。', busyText: '先挂电话，关掉其他视频应用，再点“再试一次”。', insecureText: '网址要以 https 开头。可以只打字。', unsupportedText: '换手机自带的浏览器打开，或者只打字。', otherText: '再试一次，或者换一种方式参加。',
    },
    help: {
      title: '怎么允许', wechat: { one: '点右上角“…”，再点“在浏览器打开”。', two: '或者：微信“我—设置—通用”，看权限里的摄像头和麦克风。', three: '回到这一页，点“再试一次”。' },
      android: { one: '点网址左边的锁，或者右上角菜单里的“网站设置”。', two: '把“摄像头”“麦克风”改成“允许”。', three: '还不行：手机“设置—应用—浏览器—权限”，打开这两项。' },
      ios: { one: '手机“设置”，往下找到正在用的浏览器（Safari 或微信）。', two: '打开“相机”和“麦克风”。', three: 'Safari 里也可以点网址左边的“大小”，再点“网站设置”。' },
      desktop: { one: '点网址左边的锁。', two: '把“摄像头”“麦克风”改成“允许”。', three: '刷新这一页。' },
      is: { wechat: '微信里', android: '安卓手机', ios: '苹果手机', desktop: '电脑' },
    },
  },
  room: {
    label: '面试房间', gone: '没有这场面试', goneText: '可能链接写错了，或者是别人的。', waiting: '等对方进来', waitingText: '你已经在房间里了，不用做什么。', opening: '正在进房间', them: '对方', me: '我', self: '我的画面', interviewers: '{names}',
    left: '还有 {time}', leftSpoken: '还有 {n} 分钟', over: '时间到了', extended: '加了 {n} 分钟', started: '面试开始了',
    mute: '静音', unmute: '开麦', muted: '静音中', cameraOff: '关画面', cameraOn: '开画面', turn: '换镜头', type: '打字', more: '更多', hangup: '离开', noCamera: '对方没开画面', noSound: '对方静音了', screen: '对方的屏幕', closeScreen: '缩小', openScreen: '放大', cv: '我的简历', noCv: '没有简历', cvText: '对方看到的就是这份。',
    ladder: { label: '怎么通话', video: '视频', audio: '听声音', text: '打字' },
    down: { audio: '网络不好，已改为语音', audioText: '通话没断。网络好了，画面自动回来。', text: '网络太弱，先打字', textText: '打的字对方看得到。网络好了，声音自动回来。', lowText: '网络弱，画面小一点。' }, up: { video: '网络好了，画面回来了', audio: '声音回来了' },
    hint: '网络断了一下，正在接', restoring: '正在恢复', restoringText: '位置给你留着，会自己接上，不用退出。', restored: '接上了', theirs: '对方的网络断了，马上回来', taken: '麦克风被电话占了', takenText: '打完电话点一下，接着面试。', takeBack: '接着说', noise: '降噪', noiseOn: '开着：风声、机器声会小', noiseOff: '关着：说话断断续续时试试', noisy: '有回声？戴上耳机，或者离外放的手机远一点。',
    net: '网络：我 {mine}，对方 {theirs}', used: '用了 {mb} MB', data: '流量', dataText: '这次用了 {mb} MB', saver: '省流量', saverText: '只用声音，约 0.4 MB/分钟', auto: '自动', autoText: '跟着网络走，有画面时约 8 MB/分钟',
    tap: '点一下听声音', leaveTitle: '离开面试？', leaveText: '面试没有结束。时间到之前，还能再进来。', leaveYes: '离开', leaveNo: '接着面试', leftTitle: '你离开了房间', leftText: '面试还没结束，想回来随时可以。', return: '回到房间', handed: '换了面试人：{name}',
    refused: '现在进不去', unsupported: '这个浏览器不能视频，可以打字。', removed: '你被请出了房间', textOnly: '打字面试', retry: '再试一次', help: '去“我的面试”',
  },
  chat: { title: '打字', say: '写给对方', send: '发送', sending: '正在发…', none: '还没有人打字。听不清就写在这里。', failed: '没发出去，点一下再发', me: '我', unread: '{n} 条没看', spoken: '{author}：{text}', tooLong: '最多 1000 个字' },
  record: { on: '正在录制', asked: '对方想录下这次面试', askedText: '每个人都同意才会录，{n} 天后删除。不同意，面试照样继续。', yes: '同意录制', no: '不同意', stop: '不让录了', stopped: '不录了', waiting: '等别人同意', refused: '你没有同意，不会录', can: '随时可以点“不让录了”。' },
  end: { title: '面试结束了', text: '结果会写在“我的面试”里，也会通知你。', missedTitle: '这次没赶上', missedText: '位置可能还留着，去看看。', cancelledTitle: '这次面试取消了', cancelledText: '可以再排队，或者约个时间。', mine: '看我的面试', took: '谈了 {time}', record: '这次录制了，{n} 天后删除。', home: '回首页', onSite: '请到展位面试' },
} as const;
export default zh;
