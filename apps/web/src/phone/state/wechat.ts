/** WeChat's browser saves no files and shares through its own menu only. */
export const inWeChat = /MicroMessenger/i.test(navigator.userAgent);

/** Hands the page to the phone's own share menu; false where there is none. */
export async function shareBySystem(title: string, url: string): Promise<boolean> {
  if (inWeChat || typeof navigator.share !== 'function') return false;
  try {
    await navigator.share({ title, url });
  } catch (error) {
    if ((error as Error).name !== 'AbortError') return false; // closed by the person: nothing more to do
  }
  return true;
}
