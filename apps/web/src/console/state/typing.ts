/** Whether a key belongs to what is typed or to a dialog that lies open, and is no command of the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement;
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable
    || document.querySelector('.el-overlay:not([style*="none"])') !== null;
}
