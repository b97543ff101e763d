/**
 * A hand-held scanner is a keyboard that types fast and ends with Enter. It is read by key codes (where the key is), not by
 * characters: a Chinese input method swallows or changes the characters. Pure: key events in, whole codes out.
 */
export interface KeyPress { code: string; shift: boolean; capsLock: boolean; at: number }

/** Keys further apart than this, ms, were typed by a person. Slow Bluetooth scanners take about 40. */
const FAST = 80;
/** A scan is at least this long; shorter fast typing is a person's. */
const SHORTEST = 8;

const shifted: Record<string, string> = { Minus: '_', Period: '>', Slash: '?', Semicolon: ':', Equal: '+' };
const plain: Record<string, string> = { Minus: '-', Period: '.', Slash: '/', Semicolon: ';', Equal: '=', NumpadDecimal: '.', NumpadSubtract: '-' };

/** The character that a key of a US layout gives, '' for keys that give none. */
export function characterOf({ code, shift, capsLock }: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift !== capsLock ? letter : letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit) return shift && code.startsWith('Digit') ? ')!@#$%^&*('[Number(digit)] : digit;
  return (shift ? shifted : plain)[code] ?? '';
}

export class KeyScanner {
  private text = '';
  private last = 0;

  /** Takes a key press. Returns the code when the press ended one, else null. */
  press(key: KeyPress): string | null {
    if (key.at - this.last > FAST) this.text = '';
    this.last = key.at;
    if (key.code === 'Enter' || key.code === 'NumpadEnter' || key.code === 'Tab') {
      const code = this.text;
      this.text = '';
      return code.length >= SHORTEST ? code : null;
    }
    this.text += characterOf(key);
    return null;
  }

  /** Whether the presses so far look like a scanner's: then the page keeps them from its inputs. */
  get reading(): boolean {
    return this.text.length >= 4;
  }
}
