import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { daySpan } from "@/lib/time/calendar";
import { DayStrip } from "./DayStrip";
import type { StripSegment } from "./stripPieces";

const ZONE = "Europe/Berlin";
const DAY = daySpan("2026-10-25", ZONE);
const HOUR_MS = 3_600_000;
/** From one o'clock in summer time to half past two in winter time, and then idle for a second. */
const SEGMENTS: readonly StripSegment[] = [
  { kind: "active", fromMs: DAY.fromMs + HOUR_MS, toMs: DAY.fromMs + 3.5 * HOUR_MS },
  { kind: "idle", fromMs: DAY.fromMs + 3.5 * HOUR_MS, toMs: DAY.fromMs + 3.5 * HOUR_MS + 1000 },
];

afterEach(cleanup);

function strip(segments = SEGMENTS, isRunning = false) {
  const label = "Mia Wong, Sun, 25 Oct 2026";
  render(<DayStrip label={label} day={DAY} segments={segments} timeZone={ZONE} isRunning={isRunning} />);
  return screen.getByRole("slider", { name: label });
}

it("steps through its segments by keyboard, and says each", () => {
  const slider = strip();
  expect(slider.getAttribute("aria-valuetext")).toBe("2 segments from 01:00:00 to 02:30:01");
  fireEvent.keyDown(slider, { key: "ArrowRight" });
  expect(slider.getAttribute("aria-valuetext")).toBe("Active, 01:00:00 to 02:30:00, 2:30:00");
  fireEvent.keyDown(slider, { key: "ArrowRight" });
  expect(slider.getAttribute("aria-valuetext")).toBe("Idle, 02:30:00 to 02:30:01, 0:01");
  expect(screen.getByRole("tooltip", { hidden: true }).textContent).toContain("Idle0:01");
  fireEvent.keyDown(slider, { key: "Escape" });
  expect(screen.queryByRole("tooltip", { hidden: true })).toBeNull();
});

it("says what is pointed at, the gaps included", () => {
  const slider = strip();
  // Twenty-five pixels for twenty-five hours.
  slider.getBoundingClientRect = () => ({ left: 100, width: 25 }) as DOMRect;
  fireEvent.pointerMove(slider, { clientX: 102 });
  expect(slider.getAttribute("aria-valuetext")).toMatch(/^Active/);
  fireEvent.pointerMove(slider, { clientX: 115 });
  expect(slider.getAttribute("aria-valuetext")).toMatch(/^Nothing recorded, 02:30:01 to 26 Oct, 00:00:00/);
  fireEvent.pointerLeave(slider);
  expect(screen.queryByRole("tooltip", { hidden: true })).toBeNull();
});

it("says of what still grows that it ends now", () => {
  const slider = strip(SEGMENTS, true);
  fireEvent.keyDown(slider, { key: "End" });
  expect(screen.getByRole("tooltip", { hidden: true }).textContent).toContain("02:30:00 – now");
});

it("is a day on which nothing was recorded", () => {
  const slider = strip([]);
  fireEvent.keyDown(slider, { key: "ArrowRight" });
  expect(slider.getAttribute("aria-valuetext")).toBe("Nothing recorded");
});
