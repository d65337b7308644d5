/** Whether the person is typing, or has something open over the page: then a letter is a letter. */
export function isKeyTaken(target: EventTarget | null): boolean {
  const isTyping =
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  return isTyping || document.querySelector("dialog[open], :popover-open") !== null;
}
