import fc from 'fast-check';
import { indexWords, queryOf, vectorOf } from './search-words.js';

describe('words of a text', () => {
  it.each([
    ['低压电工证', ['低压', '电工']],
    ['数控机床操作工', ['数控', '机床', '数控机床', '操作工']],
    ['电子厂普工', ['电子厂', '普工']],
    ['海峤精密制造', ['海峤', '精密', '制造']],
    ['CNC 操机', ['cnc', '操机']],
    ['C１驾照', ['c1', '驾照']],
  ])('%s', (text, words) => expect(indexWords(text)).toEqual(expect.arrayContaining(words)));

  it('make a vector that says where and how much they weigh', () => {
    const vector = vectorOf({ title: '电工', employer: '海峤', place: '滨港区', content: '电工' });
    expect(vector).toMatch(/'电工':1A,\d+C/);
    expect(vector).toMatch(/'海峤':\d+B/);
  });
});

describe('a query', () => {
  it.each([
    ['电工', "('电工':*)"],
    ['找电工', "('电工':*)"],
    ['普工', "'普工':*"],
    ['工', "'工':*"],
    ['!!!', null],
    ['  ', null],
  ])('%s', (q, expected) => expect(queryOf(q)).toBe(expected));

  it('asks for every word', () => expect(queryOf('福州 电工')).toBe("('福州':*) & ('电工':*)"));

  it('of any text is a literal that cannot break out of its quotes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (q) => {
      const query = queryOf(q);
      if (query) expect(query).toMatch(/^(\(?'[^'\\]+':\*( \| '[^'\\]+':\*)*\)?( & |$))+$/);
    }), { numRuns: 300 });
  });
});
