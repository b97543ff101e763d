/** Resolves when the first view stands and the browser has nothing better to do: what a page does not need at once begins then. */
export const idle = (): Promise<void> => new Promise(done => {
  if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 1500 });
  else setTimeout(done, 300); // Safari
});
