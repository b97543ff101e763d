/** Small choices kept in the browser (language, text size). Where storage is blocked, a choice lasts as long as the page. */
const here = new Map<string, string>();

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? here.get(key) ?? null;
  } catch {
    return here.get(key) ?? null; // blocked by the browser's settings
  }
}

export function remember(key: string, value: string): void {
  here.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // blocked or full: `here` has it
  }
}
