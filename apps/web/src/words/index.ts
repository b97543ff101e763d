/**
 * The page's words. Chinese is the source of the shape: `t('phone.tabs.home')` is checked, and so are its values,
 * `t('common.crowd.remaining', { n: 777 })`. English loads when it is asked for; a missing English word does not compile.
 * In English a text may hold two forms, “{n} job | {n} jobs”: the first when `n` is 1.
 */
import type { Language } from '#libs/contracts';
import { computed, reactive, readonly, shallowReactive } from 'vue';
import { onServer } from '../net/on-server';
import { remember, remembered, tellServer } from '../net/remember';
import * as format from './format';
import zhCommon from './zh/common';
import type zhConsole from './zh/console';
import type zhGate from './zh/gate';
import type zhInterview from './zh/interview';
import type zhLive from './zh/live';
import type zhPhone from './zh/phone';
import type zhScreen from './zh/screen';

export interface Words {
  common: typeof zhCommon;
  phone: typeof zhPhone;
  console: typeof zhConsole;
  gate: typeof zhGate;
  screen: typeof zhScreen;
  /** Live pages of the phone, opened beside `phone`. */
  live: typeof zhLive;
  /** Queues, bookings and rooms of the phone, opened beside `phone`. */
  interview: typeof zhInterview;
}
export type Surface = Exclude<keyof Words, 'common'>;
/** The shape that an English dictionary must have, given the Chinese one. */
export type Like<T> = T extends string ? string : { readonly [K in keyof T]: Like<T[K]> };

type Path<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}` }[keyof T & string];
type At<T, P extends string> = P extends `${infer K}.${infer Rest}` ? (K extends keyof T ? At<T[K], Rest> : never) : P extends keyof T ? T[P] : never;
type Slots<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never;
export type WordKey = Path<Words>;
/** The second argument of `t`. The first case is a key that is not there: then that is what the compiler should complain of. */
type Values<K extends WordKey> = WordKey extends K ? [Record<string, string | number>?]
  : [Slots<At<Words, K>>] extends [never] ? [] : [Record<Slots<At<Words, K>>, string | number>];

type Tree = { readonly [key: string]: string | Tree };
type Loaded = { default: Tree };
const KEPT_AS = 'fw-language';
const loaded = shallowReactive<Record<Language, Record<string, Tree>>>({ zh: { common: zhCommon }, en: {} });
const english: Record<string, () => Promise<Loaded>> = { common: () => import('./en/common') };
const state = reactive<format.Place>({ language: 'zh', zone: 'Asia/Shanghai' });

/** The language and zone in use; change them with `setLanguage` and `setZone`. */
export const place = readonly(state);

const at = (language: Language, key: string) =>
  key.split('.').reduce<string | Tree | undefined>((tree, part) => (typeof tree === 'object' ? tree[part] : undefined), loaded[language]);

/** The word for a key in the page's language, with `{name}` filled in. */
export function t<K extends WordKey>(key: K, ...[values]: Values<K>): string {
  const filled = values as Record<string, string | number> | undefined;
  let text = at(state.language, key) ?? at('zh', key);
  if (typeof text !== 'string') throw new Error(`No word for ${key}: has its surface been opened?`);
  if (state.language === 'en' && text.includes(' | ')) text = text.split(' | ')[String(filled?.n) === '1' ? 0 : 1];
  return filled ? text.replace(/\{(\w+)\}/g, (slot, name: string) => String(filled[name] ?? slot)) : text;
}

const wanted = () => new URLSearchParams(location.search).get('lang') ?? remembered(KEPT_AS);

/** Opens a surface's words: Chinese came with the page, English is fetched if the reader wants it. Call before mounting. */
export async function openWords<S extends Surface>(surface: S, zh: Words[S], en: () => Promise<{ default: Like<Words[S]> }>, wished = wanted()) {
  loaded.zh = { ...loaded.zh, [surface]: zh as unknown as Tree };
  english[surface] = en as unknown as () => Promise<Loaded>;
  await setLanguage(wished === 'en' ? 'en' : 'zh').catch(() => setLanguage('zh')); // offline without English kept: Chinese is always here
}

/** Changes the page's language and remembers it. Rejects when English cannot be fetched; nothing changes then. */
export async function setLanguage(language: Language): Promise<void> {
  if (language === 'en') {
    const missing = Object.keys(english).filter(name => !loaded.en[name]);
    const trees = await Promise.all(missing.map(name => english[name]()));
    loaded.en = { ...loaded.en, ...Object.fromEntries(missing.map((name, i) => [name, trees[i].default])) };
  }
  state.language = language;
  if (onServer) return;
  remember(KEPT_AS, language);
  tellServer(KEPT_AS, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** Times are shown in this zone from now on: the fair's own. */
export const setZone = (zone: string): void => void (state.zone = zone);

/** Formatters of `format.ts`, bound to the page's language and the fair's zone. */
export const say = {
  count: format.count,
  share: format.share,
  payRange: format.payRange,
  phone: format.phone,
  inFours: format.inFours,
  fileSize: format.fileSize,
  facts: (parts: Parts) => format.facts(parts, state),
  listed: (parts: Parts) => format.listed(parts, state),
  clauses: (parts: Parts) => format.clauses(parts, state),
  named: (...[what, text]: Head<Parameters<typeof format.named>>) => format.named(what, text, state),
  payUnit: (unit: Parameters<typeof format.payUnitName>[0]) => format.payUnitName(unit, state),
  pay: (...[low, high, unit]: Head<Parameters<typeof format.pay>>) => format.pay(low, high, unit, state),
  distance: (metres: number | format.Missing) => format.distance(metres, state),
  dataRate: (bitsPerSecond: number | format.Missing) => format.dataRate(bitsPerSecond, state),
  clock: (when: format.Instant | format.Missing) => format.clock(when, state),
  day: (when: format.Instant | format.Missing) => format.day(when, state),
  span: (from: format.Instant | format.Missing, to?: format.Instant | format.Missing) => format.span(from, to, state),
  isoDay: (when: format.Instant) => format.isoDay(when, state),
  elapsed: (milliseconds: number | format.Missing) => format.elapsed(milliseconds, state),
  age: (milliseconds: number | format.Missing) => format.age(milliseconds, state),
};
type Parts = Parameters<typeof format.facts>[0];
type Head<T extends unknown[]> = T extends [...infer H, format.Place] ? H : never;

export const isEnglish = computed(() => state.language === 'en');
