/** The page as a whole has the focus: a keyboard and a screen reader go on there, not at the very top. */
export const focusPage = (): void => document.getElementById('content')?.focus({ preventScroll: true });

/** What had the focus is gone, by what was done with it. */
export const focusIsLost = (): boolean => document.activeElement === document.body;
