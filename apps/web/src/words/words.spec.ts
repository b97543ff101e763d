import enCommon from './en/common';
import enConsole from './en/console';
import enGate from './en/gate';
import enInterview from './en/interview';
import enLive from './en/live';
import enPhone from './en/phone';
import enScreen from './en/screen';
import zhCommon from './zh/common';
import zhConsole from './zh/console';
import zhGate from './zh/gate';
import zhInterview from './zh/interview';
import zhLive from './zh/live';
import zhPhone from './zh/phone';
import zhScreen from './zh/screen';

type Tree = { readonly [key: string]: string | Tree };
const pairs: [string, Tree, Tree][] = [
  ['common', zhCommon, enCommon], ['console', zhConsole, enConsole], ['gate', zhGate, enGate], ['interview', zhInterview, enInterview], ['live', zhLive, enLive], ['phone', zhPhone, enPhone], ['screen', zhScreen, enScreen],
];
const flat = (tree: Tree, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${at}${key}`, value] as [string, string]] : flat(value, `${at}${key}.`)));
const slots = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe.each(pairs)('words of %s', (_, zh, en) => {
  const english = new Map(flat(en));
  it('are the same set in both languages', () => expect([...english.keys()].sort()).toEqual(flat(zh).map(([key]) => key).sort()));
  it('have the same values to fill in, in every form', () => {
    for (const [key, text] of flat(zh)) {
      for (const form of english.get(key)!.split(' | ')) expect([key, slots(form)]).toEqual([key, slots(text)]);
    }
  });
  it('shout nowhere and use full-width marks in Chinese', () => {
    for (const [key, text] of [...flat(zh), ...english]) expect([key, text]).not.toEqual([key, expect.stringMatching(/[!！]/)]);
    for (const [key, text] of flat(zh)) expect([key, text]).not.toEqual([key, expect.stringMatching(/[\u4e00-\u9fff][,;?]/)]);
  });
});
