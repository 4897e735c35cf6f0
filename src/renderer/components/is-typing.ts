const NOT_TYPED_INTO = new Set(['checkbox', 'radio', 'button', 'file']);

/** Where letters are text and arrows move a caret: keys of the window stay silent there, and in an open dialog or menu. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
    (target instanceof HTMLInputElement && !NOT_TYPED_INTO.has(target.type)) ||
    target.closest('[role="dialog"], [role="menu"]') !== null
  );
}
