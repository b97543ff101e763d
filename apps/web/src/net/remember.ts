/** Small choices kept in the browser (language, text size). Where storage is blocked, a choice lasts as long as the page. */
const here = new Map<string, string>();

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? here.get(key) ?? null;
  } catch {
    return here.get(key) ?? null; // blocked by the browser's settings
  }
}

/** Lets the server know a choice too, so that its pages are written as the reader wants them. Letters and digits only. */
export function tellServer(key: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${key}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

export function remember(key: string, value: string): void {
  here.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // blocked or full: `here` has it
  }
}
