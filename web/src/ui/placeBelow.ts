/** Between a button and what it opens, and between that and the edge of the window. */
const GAP_PX = 6;

/** Puts an open popover below the button that opened it, ends aligned, and inside the window. */
export function placeBelow(popover: HTMLElement, button: HTMLElement | null): void {
  const anchor = button?.getBoundingClientRect();
  if (!anchor) return;
  const leftMax = document.documentElement.clientWidth - popover.offsetWidth - GAP_PX;
  popover.style.top = `${anchor.bottom + GAP_PX}px`;
  popover.style.left = `${Math.max(GAP_PX, Math.min(anchor.right - popover.offsetWidth, leftMax))}px`;
}
