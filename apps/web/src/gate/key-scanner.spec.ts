import { characterOf, KeyScanner, type KeyPress } from './key-scanner';

/** The presses by which a US keyboard types a text. */
function pressesOf(text: string, every: number, from = 1000, capsLock = false): KeyPress[] {
  const codes: Record<string, string> = { '-': 'Minus', _: 'Minus', '.': 'Period' };
  return [...text].map((character, n) => ({
    code: /\d/.test(character) ? `Digit${character}` : /[a-z]/i.test(character) ? `Key${character.toUpperCase()}` : codes[character]!,
    shift: character === '_' || (/[a-z]/i.test(character) && (/[A-Z]/.test(character) !== capsLock)),
    capsLock, at: from + n * every,
  }));
}
const enter = (at: number): KeyPress => ({ code: 'Enter', shift: false, capsLock: false, at });
const type = (scanner: KeyScanner, presses: KeyPress[]) => presses.map(press => scanner.press(press)).filter(code => code !== null);
const code = 'FW1.aZ09-_Qq7';

it('reads a code typed fast, in each case, with caps lock too', () => {
  for (const capsLock of [false, true]) {
    const presses = pressesOf(code, 12, 1000, capsLock);
    expect(type(new KeyScanner(), [...presses, enter(presses[presses.length - 1]!.at + 12)])).toEqual([code]);
  }
});
it('is not a person who types', () => {
  const presses = pressesOf('20715530', 160);
  expect(type(new KeyScanner(), [...presses, enter(presses[7]!.at + 160)])).toEqual([]);
});
it('forgets what stood before a pause, and reads two codes after each other', () => {
  const scanner = new KeyScanner();
  const [first, second, third] = [pressesOf('xyz', 12), pressesOf('20715530', 12, 5000), pressesOf(code, 12, 5300)];
  expect(type(scanner, [...first, ...second, enter(5096), ...third, enter(5300 + 12 * code.length)])).toEqual(['20715530', code]);
});
it('ignores a short burst and an Enter alone', () => {
  expect(type(new KeyScanner(), [...pressesOf('ok', 5), enter(1015), enter(3000)])).toEqual([]);
});
it('gives nothing for keys without a character', () => {
  for (const key of ['ShiftLeft', 'CapsLock', 'F5', 'ArrowDown', 'Process']) expect(characterOf({ code: key, shift: false, capsLock: false, at: 0 })).toBe('');
});
