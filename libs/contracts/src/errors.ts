/**
 * Every error that Fairwind can answer with: one line each, `code: [status, log level, Chinese, English]`.
 * A code is for programs and never changes; a message is for a person. `{name}` is filled from `details`.
 */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export const errors = {
  // asked wrongly
  validationFailed: [400, 'debug', '有内容没填对，请看标出的地方。', 'Some fields are not right; see the marked ones.'],
  malformedRequest: [400, 'debug', '这个请求读不懂。', 'The request could not be read.'],
  payloadTooLarge: [413, 'debug', '内容太大，最多 {limit}。', 'Too large; at most {limit}.'],
  unsupportedFile: [415, 'debug', '不支持这种文件，可以用：{allowed}。', 'This kind of file is not accepted; use {allowed}.'],
  notFound: [404, 'debug', '没有找到，可能已经取消或写错了。', 'Not found; it may have been removed.'],
  methodNotAllowed: [405, 'debug', '这个地址不支持这样访问。', 'This address does not take that method.'],
  conflict: [409, 'info', '别人刚刚改过，请刷新后再试。', 'Somebody else has just changed this; reload and try again.'],
  // who are you
  unauthenticated: [401, 'debug', '请先登录。', 'Please sign in first.'],
  tokenExpired: [401, 'debug', '登录过期了，请重新登录。', 'Your sign-in has expired.'],
  tokenReused: [401, 'warn', '为了安全，请重新登录。', 'For safety, please sign in again.'],
  wrongCredentials: [401, 'info', '账号或密码不对。', 'The account or the password is wrong.'],
  wrongPhoneCode: [401, 'info', '验证码不对或过期了。', 'The code is wrong or has expired.'],
  accountDisabled: [403, 'info', '这个账号停用了，请找管理员。', 'This account is disabled; ask your administrator.'],
  forbidden: [403, 'info', '你没有这个权限，请找管理员。', 'You may not do this; ask your administrator.'],
  tooManyRequests: [429, 'info', '太频繁了，请 {seconds} 秒后再试。', 'Too many tries; wait {seconds} seconds.'],
  linkInvalid: [410, 'info', '这个链接用过了或过期了。', 'This link was used or has expired.'],
  passwordTooWeak: [422, 'debug', '密码至少 10 位，不能太常见。', 'The password needs 10 characters and must not be a common one.'],
  loginNameTaken: [409, 'debug', '这个账号名有人用了。', 'This account name is taken.'],
  // organisations and licences
  creditCodeTaken: [409, 'info', '这个统一社会信用代码已经登记过。', 'This credit code is registered already.'],
  licenceMissing: [422, 'info', '还没有核验过的证照，请先上传并等人社局核验。', 'There is no verified licence yet; upload it and wait for the review.'],
  licenceExpired: [422, 'info', '证照 {expiresOn} 到期了，请换新的。', 'The licence expired on {expiresOn}; upload a new one.'],
  licenceReviewed: [409, 'info', '这份证照已经审过了。', 'This licence has been reviewed already.'],
  organisationSuspended: [403, 'info', '这家单位被暂停了，请联系人社局。', 'This organisation is suspended; ask the bureau.'],
  // fairs
  fairStateRefused: [409, 'info', '招聘会现在是“{status}”，不能这样做。', 'The fair is {status}; this cannot be done now.'],
  fairIncomplete: [422, 'debug', '还缺：{missing}。', 'Still missing: {missing}.'],
  timesReversed: [422, 'debug', '结束时间要晚于开始时间。', 'The end must be after the start.'],
  zoneOverVenue: [422, 'debug', '分区核定数不能超过全场 {approved}。', 'A zone cannot be approved for more than the venue’s {approved}.'],
  zoneInUse: [409, 'info', '这个分区还有展位、闸门或人，不能删。', 'This zone still has booths, gates or people.'],
  nameTaken: [409, 'debug', '“{name}”已经有了，换一个。', '“{name}” is in use; choose another.'],
  // booths
  boothTaken: [409, 'info', '这个展位已经有单位了。', 'This booth is taken.'],
  boothApplicationDecided: [409, 'info', '这个申请已经处理过了。', 'This application was decided already.'],
  alreadyApplied: [409, 'info', '已经申请过了。', 'You have applied already.'],
  // jobs and applications
  jobWordingRefused: [422, 'info', '“{phrase}”这句话不能发：{why}', '“{phrase}” cannot be published: {why}'],
  jobIncomplete: [422, 'debug', '发布前还缺：{missing}。', 'Before publishing, still missing: {missing}.'],
  jobKept: [409, 'info', '发布过的岗位要留底，不能删，可以下架。', 'A job that was published is kept on record; take it down instead.'],
  jobClosed: [409, 'info', '这个岗位不招了。', 'This job is closed.'],
  consentRequired: [422, 'debug', '要先同意把资料给这家单位。', 'You must first agree to share your details with this employer.'],
  applicationClosed: [409, 'info', '这份投递已经收回了。', 'This application was taken back.'],
  // tickets
  quotaFull: [409, 'info', '名额满了（{quota} 个），可以线上参加。', 'All {quota} places are taken; you can join online.'],
  registrationClosed: [409, 'info', '现在不能报名。', 'Registration is not open.'],
  ticketAlreadyUsed: [409, 'info', '已经进过场，不能取消。', 'This ticket has been used and cannot be cancelled.'],
  // gates
  pairingCodeInvalid: [401, 'info', '配对码不对或过期了，请向总值班要新的。', 'The pairing code is wrong or has expired; ask the desk for a new one.'],
  deviceRevoked: [401, 'warn', '这台设备停用了，请找总值班。', 'This device was revoked; ask the desk.'],
  gateWrongFair: [403, 'info', '这个门不属于这场招聘会。', 'This gate belongs to another fair.'],
  scanFromFuture: [422, 'warn', '这台设备的时间不对，快了 {seconds} 秒。', 'This device’s clock is {seconds} seconds ahead.'],
  reasonRequired: [422, 'debug', '请写明原因。', 'A reason is required.'],
  leaseStale: [409, 'info', '名额申请过时了，请重新申请。', 'This request for places is older than the last one; ask anew.'],
  leaseSettled: [409, 'info', '这批离线名额已经结清了。', 'This lease has been settled already.'],
  changedMeanwhile: [409, 'info', '刚才有人改过，你还没看到。已换成最新的，你填的都留着，请看一遍再保存。', 'Somebody has changed this since you opened it. The newest is shown with what you typed; look it over and save again.'],
  conflictDecided: [409, 'info', '这条冲突已经处理过了。', 'This conflict has been decided already.'],
  correctionTooLow: [422, 'info', '这个区里只有 {inside} 人，不能减这么多。', 'Only {inside} people are in this zone; so many cannot be taken off.'],
  deviceKeyInvalid: [422, 'debug', '设备密钥格式不对。', 'This is not an Ed25519 public key.'],
  gateInUse: [409, 'info', '这个门有记录，不能删。', 'This gate has records and cannot be removed.'],
  // live rooms
  mediaPreparing: [503, 'info', '直播服务正在准备（{percent}%），好了会自动开始。', 'Live media is being prepared ({percent} %); it starts by itself.'],
  mediaUnavailable: [503, 'warn', '这台服务器现在不能直播，招聘会其他功能不受影响。', 'This server cannot carry live media now; the rest of the fair works.'],
  mediaFull: [503, 'warn', '观看的人太多，正在换用普通清晰度的播放方式。', 'All media nodes are full; the page plays the stream another way.'],
  roomTokenInvalid: [401, 'info', '进入凭证过期了，请重新进入。', 'This pass has expired; enter again.'],
  roomClosed: [410, 'debug', '这个房间已经关闭。', 'This room is closed.'],
  sourceNotAllowed: [403, 'info', '现在还不能打开{source}，要主播同意。', 'You may not send {source} now; a host must agree first.'],
  codecUnsupported: [422, 'info', '这个设备的视频格式不支持，请换浏览器或编码器设置。', 'The codecs of this device are not supported; use another browser or encoder setting.'],
  iceRestartRefused: [422, 'debug', '不支持这样恢复连接，请重新连接。', 'This kind of ICE restart is not supported; connect anew.'],
  bitrateTooHigh: [429, 'info', '推流码率太高，刚断开过。请把码率调低，{seconds} 秒后再推。', 'The bitrate was too high and the stream was ended. Set a lower one and start again in {seconds} seconds.'],
  nothingPublished: [409, 'debug', '现在没有直播画面，请 {seconds} 秒后再试。', 'Nothing is published here now; try again in {seconds} seconds.'],
  sessionChanged: [412, 'debug', '连接已经变了，请重新连接。', 'The session has changed since; connect anew.'],
  ifMatchRequired: [428, 'debug', '缺少 If-Match，请按 WHIP（RFC 9725）带上 ETag。', 'If-Match is missing: send the session’s ETag, or * to restart ICE (RFC 9725).'],
  // broadcasts
  broadcastStateRefused: [409, 'info', '直播现在是“{status}”，不能这样做。', 'The broadcast is {status}; this cannot be done now.'],
  boothNotOwn: [422, 'info', '直播要用自己单位的展位。', 'A broadcast needs a booth of your own organisation.'],
  jobsNotOwn: [422, 'info', '只能展示自己单位已发布的岗位。', 'Only published jobs of your own organisation can be shown.'],
  hostsNotOwn: [422, 'info', '主播要是本单位的成员。', 'Hosts must be members of your organisation.'],
  messageHeld: [409, 'debug', '这条消息已经处理过了。', 'This message has been decided already.'],
  slowMode: [429, 'debug', '主播开了慢速模式，请 {seconds} 秒后再发。', 'Slow mode is on; wait {seconds} seconds.'],
  muted: [403, 'info', '你被禁言到 {until}。', 'You are muted until {until}.'],
  banned: [403, 'info', '你被请出了这场直播。', 'You were removed from this broadcast.'],
  handStateRefused: [409, 'debug', '现在不能这样连麦，请刷新看看。', 'The stage has changed; reload and try again.'],
  stageFull: [409, 'info', '连麦位满了（{limit} 个），请先请一位下麦。', 'All {limit} places on stage are taken; ask somebody to leave first.'],
  complaintStands: [409, 'debug', '这件事你已经举报过，主办方正在处理。', 'You have reported this already; the organiser is dealing with it.'],
  complaintDecided: [409, 'info', '这条举报已经处理过了。', 'This report has been decided already.'],
  replayMissing: [404, 'debug', '这场直播没有回放。', 'There is no replay of this broadcast.'],
  soundMissing: [404, 'info', '这段录像没有声音，不能只听。', 'There is no sound in this recording: it cannot be heard without its picture.'],
  // interviews
  queueClosed: [409, 'debug', '这个展位现在不排队，可以预约或先投递。', 'This booth takes nobody in its queue now; book a time or apply instead.'],
  queueFull: [409, 'info', '排队的人满了（{limit} 位），请稍后再来。', 'The queue is full ({limit} people); try again later.'],
  queueEmpty: [409, 'debug', '现在没有可以叫的人。', 'There is nobody to call now.'],
  placeStateRefused: [409, 'debug', '你的排队位置已经变了，请刷新看看。', 'This place in the queue has changed; reload and look.'],
  candidateBusy: [409, 'info', '这位求职者正在别的面试里，位置会保留。', 'This candidate is in another interview; the place is kept.'],
  recruiterBusy: [409, 'info', '请先结束手上的面试。', 'End the interview that you are in first.'],
  slotTaken: [409, 'info', '这个时间刚被别人约走了，请换一个。', 'Somebody has just booked this time; choose another.'],
  slotOverlaps: [409, 'debug', '这个时间和“{other}”冲突。', 'This time overlaps with “{other}”.'],
  slotStateRefused: [409, 'debug', '这个时段已经变了，请刷新看看。', 'This slot has changed; reload and look.'],
  slotPast: [422, 'debug', '这个时间已经过了。', 'This time has passed.'],
  interviewStateRefused: [409, 'info', '面试现在是“{status}”，不能这样做。', 'The interview is {status}; this cannot be done now.'],
  callExpired: [410, 'info', '这次叫号过时了，请在排队页点“我回来了”。', 'This call has passed; press “I am here” on the queue’s page.'],
  consentWithdrawn: [409, 'info', '这位求职者收回了授权，看不到资料了。', 'This candidate took their consent back; their details are no longer shown.'],
  extendTooEarly: [409, 'debug', '最后两分钟才能延长。', 'Time can be added in the last two minutes.'],
  extendBlocked: [409, 'info', '后面 {at} 已有预约，最多再加 {minutes} 分钟。', 'The next booking is at {at}; at most {minutes} more minutes.'],
  recordingRefused: [409, 'info', '要房间里每个人都同意才能录制。', 'Recording needs a yes from each person in the room.'],
  sheetIncomplete: [422, 'debug', '还有没打分的项目：{missing}。', 'Not scored yet: {missing}.'],
  personNotHere: [403, 'info', '这位群众不在本驿站登记，请先登记。', 'This person is not registered at your station; register them first.'],
  // sockets
  topicUnknown: [404, 'debug', '没有这个频道。', 'There is no such topic.'],
  // ours
  unavailable: [503, 'error', '系统正忙，请稍等再试。你的内容没有丢。', 'Busy; try again in a moment. Nothing of yours is lost.'],
  internal: [500, 'error', '出错了，已经记下来。请把编号告诉工作人员。', 'Something went wrong and was recorded; tell the staff the number.'],
} as const satisfies Record<string, readonly [status: number, level: LogLevel, zh: string, en: string]>;

export type ErrorCode = keyof typeof errors;

/** Values for the placeholders of a message, and what a program may need (for example the fields of `validationFailed`). */
export type ErrorDetails = Record<string, unknown>;

/** The one shape of an error, on HTTP and inside a socket's acknowledgement. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; details?: ErrorDetails; requestId: string };
}

/** A field that `validationFailed` found wrong: its path (`zones.0.name`) and a sentence a constraint. */
export interface FieldProblem {
  field: string;
  problems: string[];
}

/** What a socket request is answered with. */
export type Ack<T> = { ok: true; data: T } | ({ ok: false } & ErrorBody);

export type Language = 'zh' | 'en';

/** The sentence for a code in a language, with `{name}` filled from `details`. */
export function errorMessage(code: ErrorCode, language: Language, details: ErrorDetails = {}): string {
  const text: string = errors[code][language === 'zh' ? 2 : 3];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '…'));
}
