import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { defaultWords } from './default-words.js';
import { HeldWordCheck } from './held-words.rules.js';
import { WordFinder } from './word-finder.js';
import { wordText } from './word-text.js';

const check = new HeldWordCheck(defaultWords);
const held = (text: string): string[] => check.find(text).map((word) => word.text);

describe('the words that wait for a moderator', () => {
  it.each([
    ['先交培训费 300', ['培训费']],
    ['入职要交押金，体检费自己出', ['押金', '体检费']],
    ['保证金退不退', ['保证金']],
    ['加微信转账给你名额', ['加微信', '微信转账', '转账']],
    ['办贷款也可以', ['贷款']],
    ['傻逼主播', ['傻逼']],
  ])('%s', (text, words) => expect(held(text)).toEqual(words));

  it.each([
    ['blanks', '培 训 费'], ['dots and stars', '培·训*费'], ['full width', '加ＶＸ聊'], ['emoji between', '押😀金多少'], ['zero width', '押\u200b金多少'],
    ['traditional', '培訓費多少'], ['a plus', '+微信聊'], ['a full-width plus', '＋ vx'], ['upper case', '加QQ'], ['digits for letters', 'we1x1n abc'],
    ['circled letters', '加ⓥⓧ'], ['accents', '加v̇x'], ['a line across', '押\n金多少'],
  ])('are found behind %s', (_, text) => expect(held(text)).not.toEqual([]));

  it.each([
    '工资多少？', '两班倒吗，夜班补贴多少', '住宿几个人一间', '离火车站多远', '没有经验可以吗', '五险一金交不交', '主播好！', '666', '有没有年龄限制', '底薪 4200 + 计件吗', '食堂一天多少钱',
    '请问要交押金吗', '有没有培训费', '不收保证金吧', '我要应聘装配工', '1 号线到得了吗', '可以带家属吗', '8 小时还是 12 小时', '这个岗位还招 30 个人？', 'C++ 会一点', '合同签几年',
  ])('let an honest viewer ask: %s', (text) => expect(held(text)).toEqual([]));

  it('hold a phone number, however it is written, and no other number', () => {
    expect(held('打我电话 138 1234 2607')).toEqual(['手机号']);
    expect(held('１３８-１２３４-２６０７')).toEqual(['手机号']);
    expect(held('工号 20260307001')).toEqual([]);
    expect(held('138123426071234')).toEqual([]);
  });

  it('are told once each, with their kind', () => {
    expect(check.find('押金押金，押金')).toEqual([{ text: '押金', kind: 'fee' }]);
  });

  it('follow a list of a bureau’s own', () => {
    const own = new HeldWordCheck([{ text: '黑 中介', kind: 'abuse' }]);
    expect(own.find('这是黑-中-介')).toEqual([{ text: '黑 中介', kind: 'abuse' }]);
    expect(own.find('先交押金')).toEqual([]);
  });
});

describe('the finder', () => {
  const letters = fc.constantFrom('a', 'b', 'c');
  const text = (min: number, max: number) => fc.array(letters, { minLength: min, maxLength: max }).map((each) => each.join(''));

  it('finds exactly what a search word by word finds', () => {
    fc.assert(fc.property(fc.uniqueArray(text(1, 4), { maxLength: 12 }), text(0, 60), (words, whole) => {
      const found = new WordFinder(words.map((word) => [word, word] as const)).find(whole).map(({ mark, from }) => `${from}${mark}`);
      const wanted = words.flatMap((word) => [...whole].flatMap((_, from) => (whole.startsWith(word, from) ? [`${from}${word}`] : [])));
      expect(found.sort()).toEqual(wanted.sort());
    }), runs(300, 5_000));
  });

  it('finds a word whatever separators stand in it', () => {
    const separators = fc.constantFrom(' ', '　', '.', '-', '*', '、', '\u200b', '❤', '~', '\n');
    fc.assert(fc.property(fc.constantFrom(...defaultWords), fc.array(separators, { maxLength: 3 }).map((each) => each.join('')), ({ text: word }, between) => {
      expect(held([...word].join(between))).toContain(word);
    }), runs(200, 3_000));
  });

  it('takes long texts in one pass, and characters outside the basic plane', () => {
    expect(held('好'.repeat(100_000))).toEqual([]);
    expect(wordText('𝒱x押').text).toBe('vx押');
  });
});
