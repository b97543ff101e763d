import type { Language } from '#libs/contracts';
import type { LanCertificate } from './authority.js';

type Sentences = Record<Language, string>;

/** Phones first, because that is what people hold when they come here. */
const steps: { title: Sentences; list: Sentences[] }[] = [
  {
    title: { zh: '微信里打开的', en: 'Opened in WeChat' },
    list: [
      { zh: '微信装不了证书。点右上角“···”，选“在浏览器打开”，再按下面的步骤做。', en: 'WeChat cannot install it. Tap “···” at the top right, choose “Open in browser”, then go on below.' },
      { zh: '装好以后回到微信，页面和相机就能用。', en: 'Once it is installed, go back to WeChat: pages and camera work.' },
    ],
  },
  {
    title: { zh: '苹果手机（iOS）', en: 'iPhone (iOS)' },
    list: [
      { zh: '用 Safari 打开本页，点“下载描述文件”，选“允许”。', en: 'Open this page in Safari, tap “Download the profile”, choose “Allow”.' },
      { zh: '打开“设置”，最上面有“已下载描述文件”，点它，再点“安装”。', en: 'Open Settings; at the top is “Profile Downloaded”: tap it, then “Install”.' },
      { zh: '“设置 → 通用 → 关于本机 → 证书信任设置”，打开“Fairwind”后面的开关。', en: 'Settings → General → About → Certificate Trust Settings: switch on “Fairwind”.' },
    ],
  },
  {
    title: { zh: '安卓手机', en: 'Android' },
    list: [
      { zh: '点“下载证书”，记住它存在“下载”里。', en: 'Tap “Download the certificate”; it lands in Downloads.' },
      { zh: '打开“设置”，搜索“CA 证书”（华为、小米、OPPO、vivo 都在“安全 → 加密与凭据 → 安装证书”一带）。', en: 'Open Settings and search for “CA certificate” (Security → Encryption & credentials → Install a certificate).' },
      { zh: '选“CA 证书 → 仍然安装”，输入锁屏密码，选刚下载的 fairwind.crt。', en: 'Choose “CA certificate → Install anyway”, enter the lock screen’s password, pick fairwind.crt.' },
    ],
  },
  {
    title: { zh: '电脑', en: 'Computer' },
    list: [
      { zh: 'Windows：双击 fairwind.crt，“安装证书 → 本地计算机 → 受信任的根证书颁发机构”。', en: 'Windows: double-click fairwind.crt, “Install Certificate → Local Machine → Trusted Root Certification Authorities”.' },
      { zh: 'macOS：双击后在“钥匙串访问”里找到它，“信任”选“始终信任”。', en: 'macOS: double-click it, find it in Keychain Access, set “Trust” to “Always Trust”.' },
    ],
  },
];

const words = {
  title: { zh: '让手机信任会场', en: 'Let this phone trust the hall' },
  why: {
    zh: '会场的网站开在会场自己的网络里。装上会场的证书，手机才肯打开相机、离线存下门票。每台手机只装一次。',
    en: 'The fair’s site runs inside the hall’s own network. With the hall’s certificate a phone opens its camera and keeps tickets offline. Once on each phone.',
  },
  safe: {
    zh: '这张证书只对会场局域网里的地址有效，管不到别的网站。招聘会结束后，可以在装它的地方删掉。',
    en: 'It is good for addresses inside the hall’s network only and for no other site. After the fair it can be removed where it was installed.',
  },
  crt: { zh: '下载证书', en: 'Download the certificate' },
  profile: { zh: '下载描述文件（苹果）', en: 'Download the profile (Apple)' },
  check: { zh: '核对指纹（SHA-256），和服务台贴出来的一样才装：', en: 'Compare the fingerprint (SHA-256) with the one at the desk before you install:' },
  done: { zh: '装好了，打开招聘会', en: 'Installed: open the fair' },
  other: { zh: 'English', en: '中文' },
} satisfies Record<string, Sentences>;

/** The product's paper, ink and pine (apps/web/src/style/tokens.css), written out: this page loads nothing. */
const style = `
body{margin:0 auto;max-width:40rem;padding:1.25rem;font:1.0625rem/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#16261f;background:#f7f4ec}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.1rem;margin:1.5rem 0 .25rem}ol{padding-left:1.4rem;margin:.25rem 0}
.get{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.25rem 0}a{color:#084e40}a.button{flex:1 1 14rem;text-align:center;padding:.9rem 1rem;border-radius:.75rem;background:#0b6250;color:#fff;text-decoration:none;font-weight:600}
a:focus-visible{outline:0;border-radius:.4rem;box-shadow:0 0 0 3px #fff,0 0 0 6px #0b6250}code{display:block;word-break:break-all;background:#eeeadf;padding:.6rem;border-radius:.5rem;font-size:.9rem}
.language{float:right;padding:.25rem}`;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character]);

/**
 * The page that explains the hall's certificate, whole and without scripts.
 * @param home the https address of the fair
 */
export function installPage(language: Language, authority: LanCertificate['authority'], home: string): string {
  const say = (sentences: Sentences): string => escape(sentences[language]);
  const parts = steps.map(({ title, list }) => `<h2>${say(title)}</h2><ol>${list.map((step) => `<li>${say(step)}</li>`).join('')}</ol>`);
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<title>${say(words.title)} · 春风 Fairwind</title><style>${style}</style></head><body>
<a class="language" href="?lang=${language === 'zh' ? 'en' : 'zh'}">${say(words.other)}</a>
<main><h1>${say(words.title)}</h1><p>${say(words.why)}</p>
<p class="get"><a class="button" href="/install-certificate/fairwind.crt">${say(words.crt)}</a>
<a class="button" href="/install-certificate/fairwind.mobileconfig">${say(words.profile)}</a></p>
${parts.join('\n')}
<p>${say(words.check)}</p><code>${escape(authority.name)}<br>${escape(authority.fingerprint)}</code>
<p>${say(words.safe)}</p><p><a href="${escape(home)}">${say(words.done)}</a></p></main></body></html>
`;
}

/** The same certificate as iOS wants it: a configuration profile with one root. The ids are made of the fingerprint, so that a second download replaces the first. */
export function mobileConfig({ der, name, fingerprint }: LanCertificate['authority']): string {
  const hex = fingerprint.replaceAll(':', '').toLowerCase();
  const id = (from: number) => `${hex.slice(from, from + 8)}-${hex.slice(from + 8, from + 12)}-4${hex.slice(from + 13, from + 16)}-8${hex.slice(from + 17, from + 20)}-${hex.slice(from + 20, from + 32)}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadContent</key><array><dict>
<key>PayloadCertificateFileName</key><string>fairwind.crt</string>
<key>PayloadContent</key><data>${der.toString('base64')}</data>
<key>PayloadDisplayName</key><string>${escape(name)}</string>
<key>PayloadIdentifier</key><string>fairwind.lan.${hex.slice(0, 12)}.root</string>
<key>PayloadType</key><string>com.apple.security.root</string>
<key>PayloadUUID</key><string>${id(0)}</string>
<key>PayloadVersion</key><integer>1</integer>
</dict></array>
<key>PayloadDescription</key><string>让手机信任春风招聘会会场 · Lets this phone trust the fair’s hall</string>
<key>PayloadDisplayName</key><string>${escape(name)}</string>
<key>PayloadIdentifier</key><string>fairwind.lan.${hex.slice(0, 12)}</string>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadUUID</key><string>${id(32)}</string>
<key>PayloadVersion</key><integer>1</integer>
</dict></plist>
`;
}
