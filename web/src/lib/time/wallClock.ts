/** The one place that reads the machine's clock. Everything else is handed an instant. */
export function wallClockMs(): number {
  return Date.now();
}
