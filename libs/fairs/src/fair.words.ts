/** How states and gaps are said to a person. */
import type { FairStatus, Language } from '#libs/contracts';
import type { Gap } from './fair.rules.js';

const statuses: Record<FairStatus, Record<Language, string>> = {
  draft: { zh: '草稿', en: 'a draft' },
  published: { zh: '已发布', en: 'published' },
  open: { zh: '进行中', en: 'open' },
  closed: { zh: '已结束', en: 'closed' },
  archived: { zh: '已归档', en: 'archived' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

const gaps: Record<Gap['field'], Record<Language, string>> = {
  name: { zh: '名称', en: 'the name' },
  venueName: { zh: '场馆', en: 'the venue' },
  endsAt: { zh: '还没过去的时间', en: 'a time that is not past' },
  approvedNumber: { zh: '全场核定人数', en: 'the approved number of the venue' },
  zones: { zh: '区核定人数', en: 'the approved number of zone' },
};

/** The word in `fairStateRefused`: details `{ status: statusWord(…), is: status }`. */
export const statusWord = (status: FairStatus, language: Language): string => statuses[status][language];

/** One list for a sentence: 场馆、A 区核定人数. */
export function gapWords(found: readonly Gap[], language: Language): string {
  const words = found.map(({ field, letter }) => {
    const word = gaps[field][language];
    if (letter === undefined) return word;
    return language === 'zh' ? `${letter} ${word}` : `${word} ${letter}`;
  });
  return words.join(language === 'zh' ? '、' : ', ');
}
