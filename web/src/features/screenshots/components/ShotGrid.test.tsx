import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Shot } from "../model/shots";
import { ShotGrid } from "./ShotGrid";

const SHOTS: readonly Shot[] = Array.from({ length: 200 }, (_, index) => ({
  id: `shot-${index}`,
  employee: "INT2607",
  atMs: index * 600_000,
  file: `/api/uploads/shot-${index}`,
  thumb: `/api/uploads/shot-${index}/thumb`,
  isNearIdentical: false,
  size: undefined,
}));

afterEach(cleanup);

const announce = (name: "beforeprint" | "afterprint") => act(() => void window.dispatchEvent(new Event(name)));

it("has every loaded picture on paper, under each other, and says that there are more", () => {
  const { container } = render(
    <ShotGrid shots={SHOTS} nameOf={undefined} timeZone="UTC" hasMore onMore={() => {}} onOpen={() => {}} />,
  );
  expect(screen.queryAllByRole("button").length).toBeLessThan(60);
  announce("beforeprint");
  expect(screen.getAllByRole("button")).toHaveLength(200);
  expect([...container.querySelectorAll("li")].some((item) => item.style.transform !== "")).toBe(false);
  expect(screen.getByText(/^Here are the first 200; there are more/)).toBeTruthy();
});
