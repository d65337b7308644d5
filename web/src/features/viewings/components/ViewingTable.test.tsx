import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Viewing } from "@/api/types";
import { ViewingTable } from "./ViewingTable";

const HOUR_MS = 3_600_000;
const VIEWINGS: readonly Viewing[] = Array.from({ length: 120 }, (_, index) => ({
  id: `viewing-${index}`,
  employeeId: "INT2607",
  employeeName: "Mia Wong",
  viewer: "INT2622",
  viewerName: "Max Manager",
  what: "screen",
  from: index * HOUR_MS,
  to: index * HOUR_MS + 60_000,
}));

afterEach(cleanup);

const drawn = () => screen.getAllByRole("row").length - 1;
const announce = (name: "beforeprint" | "afterprint") => act(() => void window.dispatchEvent(new Event(name)));

it("is on paper as far as it is loaded, and says that there is more", () => {
  render(
    <ViewingTable viewings={VIEWINGS} subject="people" timeZone="UTC" caption="Viewings" hasMore onMore={() => {}} />,
  );
  expect(drawn()).toBeLessThan(60);
  announce("beforeprint");
  expect(drawn()).toBe(120);
  expect(screen.getByText(/^Here are the first 120; there are more/)).toBeTruthy();
  announce("afterprint");
  expect(drawn()).toBeLessThan(60);
});
