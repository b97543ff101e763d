/** Words of village stations (就业驿站): the clerk's pages, the shared computer, and the bureau's list of stations. */
const station = {
  booth: '展位 {code}', fair: '哪一场招聘会', noFair: '现在没有招聘会', needFair: '请选一场招聘会', needYes: '要本人当面说同意',
  lineLost: '叫号暂时不会自己出现，正在重连',
  people: { none: '今天还没有人来登记', noneText: '没有手机的群众来了，先登记，再帮他领票、排队、约时间。', search: '搜姓名、手机', count: '今天 {n} 人', noPhone: '没有手机', idle: '还没排队', came: '{time} 来的', queued: '{organisation}：第 {n} 位，{when}', queuedPaused: '{organisation}：第 {n} 位，先停叫了', called: '{organisation}：正在叫', running: '{organisation}：正在面试', missed: '{organisation}：叫过没去，快带他回来，位置留到 {time}', booked: '{organisation}：约了 {time}', result: '{organisation}：{outcome}' },
  call: { called: '叫到了', running: '正在面试', left: '之内要进去', start: '开始{name}的面试', back: '回{name}的面试' },
  register: {
    do: '登记一位群众', title: '登记一位群众', lead: '姓名，加手机或身份证号。下次来还找得到。', name: '姓名', needName: '请填姓名', phone: '手机', phoneHint: '可以留家里人的，没有就填身份证号', badPhone: '手机是 11 位数字', needOne: '手机、身份证号填一样就行', idNumber: '身份证号', idHint: '加密保存，只用来找到本人', badId: '身份证号是 18 位', wishHint: '想做什么、想在哪。本人投递后企业看得到：身体、家庭的情况别写',
    read: '念给他听', wording: '我是{station}的工作人员。\n我帮你登记，是为了替你领票、排队、约面试。\n你的名字和电话加密保存，只给你同意的单位看。\n你走了以后，我这里就看不到了。\n什么时候不想要了，说一声就删掉。\n你同意吗？', agreed: '他当面说了“同意”', agreedText: '本人说了才能勾。不同意就不登记，招聘会照样可以去。', needConsent: '要他当面说同意', go: '登记', done: '登记好了：{name}',
  },
  education: { primary: '小学', junior: '初中', senior: '高中', vocational: '中专', college: '大专', bachelor: '本科' },
  person: {
    gone: '这位群众不在这里了', tickets: '入场票', noTickets: '还没有票。去会场才要票，在这里面试不用。', places: '排队', noPlaces: '没有在排队。', bookings: '约好的时间', noBookings: '没有约。', results: '面试结果', noResults: '还没有面试过。', waitsResult: '等结果', nth: '第 {n} 位，{when}轮到', nthPaused: '第 {n} 位，对方先停叫，位置留着', missed: '叫过没去，位置留到 {time}', back: '人回来了', backOf: '人回来了：{of}', returned: '好，下一个叫他', place: { called: '叫到了', interviewing: '正在面试' }, late: '对方晚了，大约 {time} 开始',
    move: '换时间', moveTitle: '给{name}换个时间', moveLead: '现在约的是{organisation} {time}', moveNone: '这家没有别的空时间。', moveGo: '换到这个时间', moved: '时间换好了',
    leave: '不排了', leaveTitle: '不排{organisation}了', leaveText: '位置就没有了，要排得重新来。', cancel: '不约了', cancelTitle: '取消约{organisation}', cancelText: '时间会让给别人。',
    home: '他回家了', homeTitle: '{name}回家了', homeText: '这里就看不到他的资料了，排队会退掉，约好的时间还在。下次来再登记一次就行。', homeDone: '好了，这里不再显示他的资料',
  },
  ticket: { do: '领票', title: '给{name}领票', text: '领好就能打印，进门扫纸上的码。', go: '领票', done: '票领好了，可以打印', printOf: '打印{fair}的票', slip: '入场票', slipText: '进门时给闸口扫这个码，或者报这 8 位号。' },
  queue: { do: '帮他排队', title: '帮{name}排队', booth: '哪家单位', chooseBooth: '选一家单位', needBooth: '请选一家单位', state: '前面有 {n} 人，大约多久轮到：{when}', shut: '这家现在不排队，可以约时间。', missed: '叫过他没去，位置还留着。人回来了就点下面，下一个叫他。', go: '排上', done: '排上了，轮到会在这里大字提醒', already: '他已经在排这家了', own: '他自己用手机在排这家，叫号发到他手机上' },
  book: { do: '帮他约时间', title: '帮{name}约面试', employer: '哪家单位', choose: '选一家单位', slot: '什么时间', none: '这场还没有可约的时间，可以先排队。', needEmployer: '请选一家单位', needSlot: '请选一个时间', go: '约好', done: '约好了' },
  yes: { title: '他同意把名字和经历给{organisation}看', text: '念给他听：只给这一家看，用来面试；不想给了，随时可以收回。本人说了同意才勾。' },
  room: {
    title: '{name}的面试', theirs: '对方', toClerk: '回到工作人员', sit: '请{name}坐到电脑前', private: '这里只有你自己的面试。谈的话别人听不到，谈完就清干净。工作人员请走开一点。', speak: '说句话，左边会动', start: '准备好了，进去', goOn: '接着谈', byText: '进去，只打字', byTextText: '对方看不到你、听不到你，你打的字他马上能看到。', noMedia: '现在没有画面和声音', noMediaText: '打字谈，一样算数。', noMediaSoon: '有了画面会自己接上。', again: '再试摄像头和麦克风', hostAway: '对方还没来，请等一下',
    asks: '对方想把面试录下来', asksText: '你不同意就不录，不影响面试。录了保存 {n} 天，随时可以停。', noMore: '不要录了', leave: '离开', leaveTitle: '离开面试', leaveText: '画面和声音马上停。没谈完还能再进来。', over: '谈完了', overText: '结果出来了，工作人员会告诉你。', notOn: '这次面试没有进行', notOnText: '可能叫过时了，或者对方取消了。请找工作人员。', clear: '清干净，回到工作人员',
  },
  list: { lead: '帮没有手机的群众办事的地方', new: '加一个驿站', name: '驿站名称', nameHint: '例如：屏南县长桥镇就业驿站', create: '加上，并邀请工作人员', none: '还没有驿站', noneText: '加一个驿站，把链接发给那里的工作人员。', invitedText: '把这个链接发给驿站的工作人员，打开后设账号和密码。', whoCan: '加驿站、请工作人员，请找本局管理员。' },
} as const;
export default station;
