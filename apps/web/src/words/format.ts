/**
 * Numbers and times as people read them (shared/ui section 7). Pure: the language and the fair's zone come in, a text
 * goes out. A missing value is always “—”, never 0. `src/words/index.ts` binds these to the page's language as `say`.
 */
import type { Language, PayUnit } from '#libs/contracts';

export interface Place {
  language: Language;
  /** IANA zone of the fair, for example Asia/Shanghai: times are shown in it, wherever the reader is. */
  zone: string;
}

export type Missing = null | undefined;
export type Instant = Date | string | number;
export const NOTHING = '—';

const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const isNothing = (n: number | Missing): n is Missing => n === null || n === undefined || Number.isNaN(n);
const choose = (place: Place, zh: string, en: string) => (place.language === 'zh' ? zh : en);

type Part = string | false | null | undefined;
/** Parts in one line with a sign between them; those that are not there are left out. Latin letters want room at it. */
const joined = (zh: string, en: string) => (parts: readonly Part[], place: Place): string => parts.filter(Boolean).join(choose(place, zh, en));
/** Short facts on a line: 海峤精密·A-01. */
export const facts = joined('·', ' · ');
/** Things of one kind: 林工、周女士. */
export const listed = joined('、', ', ');
/** Parts of a sentence: 已收回，还剩 3 个. */
export const clauses = joined('，', ', ');
/** What is said of something: 停止入场：消防检查; the bare word where there is nothing to say. */
export const named = (what: string, text: Part, place: Place): string => [what, text].filter(Boolean).join(choose(place, '：', ': '));

/** Whole people: 2,823; 21,046, never 2.1 万. Fractions are cut off. */
export function count(n: number | Missing): string {
  if (isNothing(n)) return NOTHING;
  const whole = Math.trunc(n);
  return (whole < 0 ? '−' : '') + grouped(Math.abs(whole));
}

/** A share as 78.4%, one decimal; rounded down, so that nothing below 100 % is ever shown as full. */
export function share(part: number | Missing, whole: number | Missing): string {
  if (isNothing(part) || isNothing(whole) || whole <= 0) return NOTHING;
  const tenths = Math.floor((part * 1000) / whole);
  return `${grouped(Math.floor(tenths / 10))}.${tenths % 10}%`;
}

const payUnit: Record<PayUnit, [zh: string, en: string]> = {
  month: ['元/月', 'CNY/month'], day: ['元/天', 'CNY/day'], hour: ['元/小时', 'CNY/hour'], piece: ['元/件', 'CNY/piece'],
};
export const payUnitName = (unit: PayUnit, place: Place): string => choose(place, ...payUnit[unit]);

/** The numerals of a pay range, low first, en dash: 5,500–7,000; one number when both are the same. */
export function payRange(low: number | Missing, high: number | Missing): string {
  const ends = [low, high].filter((n): n is number => !isNothing(n)).sort((a, b) => a - b);
  if (!ends.length) return NOTHING;
  const text = ends.map(n => (Number.isInteger(n) ? grouped(n) : n.toFixed(2)));
  return text[0] === text[text.length - 1] ? text[0] : text.join('–');
}

/** 5,500–7,000 元/月. For the large figure use the Pay part, which sets the unit smaller. */
export function pay(low: number | Missing, high: number | Missing, unit: PayUnit, place: Place): string {
  const range = payRange(low, high);
  return range === NOTHING ? range : `${range} ${payUnitName(unit, place)}`;
}

/** Metres to 2.4 公里, or 350 米 under a kilometre (to the nearest 10). */
export function distance(metres: number | Missing, place: Place): string {
  if (isNothing(metres)) return NOTHING;
  if (metres < 995) return `${Math.round(metres / 10) * 10} ${choose(place, '米', 'm')}`;
  return `${(metres / 1000).toFixed(1)} ${choose(place, '公里', 'km')}`;
}

/** 约 8 MB/分钟, from bits a second. */
export function dataRate(bitsPerSecond: number | Missing, place: Place): string {
  if (isNothing(bitsPerSecond)) return NOTHING;
  const megabytes = (bitsPerSecond * 60) / 8 / 1e6;
  return `${choose(place, '约', 'about')} ${megabytes < 1 ? megabytes.toFixed(1) : Math.round(megabytes)} MB/${choose(place, '分钟', 'min')}`;
}

/** 138 **** 2607: the middle is never shown; what is masked already is only spaced. */
export function phone(number: string | Missing): string {
  const kept = (number ?? '').replace(/[\s-]/g, '').replace(/^\+?86(?=1\d)/, '');
  return kept.length < 7 ? NOTHING : `${kept.slice(0, 3)} **** ${kept.slice(-4)}`;
}

/** A ticket number in fours: 2071 8463. */
export const inFours = (text: string | Missing): string => (text ? text.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ') : NOTHING);

/** Bytes of a file: 320 kB, 1.4 MB. */
export function fileSize(bytes: number | Missing): string {
  if (isNothing(bytes)) return NOTHING;
  return bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

interface Parts { year: string; month: string; day: string; weekday: string; hour: string; minute: string; second: string }
const clocks = new Map<string, Intl.DateTimeFormat>();
const weekdays: Record<string, string> = { Mon: '周一', Tue: '周二', Wed: '周三', Thu: '周四', Fri: '周五', Sat: '周六', Sun: '周日' };
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function partsOf(at: Instant, zone: string): Parts | null {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return null;
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short',
      hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
    });
    clocks.set(zone, clock);
  }
  return Object.fromEntries(clock.formatToParts(date).map(part => [part.type, part.value])) as unknown as Parts;
}

/** 09:41, 24 hours, in the fair's zone. */
export function clock(at: Instant | Missing, place: Place): string {
  const parts = at === null || at === undefined ? null : partsOf(at, place.zone);
  return parts ? `${parts.hour}:${parts.minute}` : NOTHING;
}

/** 3 月 7 日 周六 / Sat 7 Mar. The year is written only when it is not `now`'s. */
export function day(at: Instant | Missing, place: Place, now: Instant = Date.now()): string {
  const parts = at === null || at === undefined ? null : partsOf(at, place.zone);
  if (!parts) return NOTHING;
  const otherYear = parts.year !== partsOf(now, place.zone)?.year;
  return choose(place,
    `${otherYear ? `${parts.year} 年 ` : ''}${Number(parts.month)} 月 ${Number(parts.day)} 日 ${weekdays[parts.weekday]}`,
    `${parts.weekday} ${Number(parts.day)} ${months[Number(parts.month) - 1]}${otherYear ? ` ${parts.year}` : ''}`);
}

/** 3 月 7 日 周六 09:00, or with an end 3 月 7 日 周六 09:00–16:30; an end on another day is written in full, and a line breaks between the two only. */
export function span(from: Instant | Missing, to: Instant | Missing, place: Place, now: Instant = Date.now()): string {
  if (from === null || from === undefined) return NOTHING;
  const start = `${day(from, place, now)} ${clock(from, place)}`;
  if (to === null || to === undefined) return start;
  return day(from, place, now) === day(to, place, now)
    ? `${start}–${clock(to, place)}`
    : `${whole(start)} – ${whole(`${day(to, place, now)} ${clock(to, place)}`)}`;
}

const whole = (text: string): string => text.replace(/ /g, '\u00A0');

/** The day as 2026-03-07 in the fair's zone, for inputs and file names. */
export function isoDay(at: Instant, place: Place): string {
  const parts = partsOf(at, place.zone);
  return parts ? `${parts.year}-${parts.month}-${parts.day}` : NOTHING;
}

/** How long something took or has been going on: 42 秒, 4 分 12 秒, 5 分钟 (whole minutes), 1 小时 26 分, 3 天. */
export function elapsed(milliseconds: number | Missing, place: Place): string {
  if (isNothing(milliseconds)) return NOTHING;
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86400)];
  if (days >= 2) return choose(place, `${days} 天`, `${days} days`);
  if (hours) {
    const rest = minutes % 60;
    return choose(place, `${hours} 小时${rest ? ` ${rest} 分` : ''}`, `${hours} h${rest ? ` ${rest} min` : ''}`);
  }
  if (minutes >= 10 || (minutes && seconds % 60 === 0)) return choose(place, `${minutes} 分钟`, `${minutes} min`);
  if (minutes) return choose(place, `${minutes} 分 ${seconds % 60} 秒`, `${minutes} min ${seconds % 60} s`);
  return choose(place, `${seconds} 秒`, `${seconds} s`);
}

/** The age of a number: 刚刚 under 2 s, 3 秒前, 2 分钟前, 5 小时前, 2 天前. A clock that runs ahead is 刚刚. */
export function age(milliseconds: number | Missing, place: Place): string {
  if (isNothing(milliseconds)) return NOTHING;
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 2) return choose(place, '刚刚', 'just now');
  if (seconds < 60) return choose(place, `${seconds} 秒前`, `${seconds} s ago`);
  if (seconds < 3600) return choose(place, `${Math.floor(seconds / 60)} 分钟前`, `${Math.floor(seconds / 60)} min ago`);
  if (seconds < 86400) return choose(place, `${Math.floor(seconds / 3600)} 小时前`, `${Math.floor(seconds / 3600)} h ago`);
  return choose(place, `${Math.floor(seconds / 86400)} 天前`, `${Math.floor(seconds / 86400)} d ago`);
}

/** A snapshot is stale after three that did not come, or 10 s, whichever is later. */
export const isStale = (ageMs: number, everyMs: number): boolean => ageMs > Math.max(3 * everyMs, 10_000);
