import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ToastStack } from "./ToastStack";
import { ToastStore } from "./toastStore";

let store: ToastStore;

beforeEach(() => {
  vi.useFakeTimers();
  store = new ToastStore();
  render(
    <>
      <button type="button">Elsewhere</button>
      <main tabIndex={-1} />
      <ToastStack store={store} />
    </>,
  );
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const show = (words: string, undo?: () => void) => act(() => store.show(words, undo && { undo }));
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const shown = () => screen.queryAllByText(/./, { selector: "p" }).map(({ textContent }) => textContent);
const said = () => screen.getByRole("status").textContent;
const pressF8 = () => fireEvent.keyDown(document, { key: "F8" });

it("is said, and goes by itself", () => {
  show("Saved.");
  expect(said()).toBe("Saved.");
  expect(shown()).toEqual(["Saved."]);
  pass(20_000);
  expect(shown()).toEqual([]);
});

it("says a thing done twice once, and no more than three things", () => {
  for (const words of ["One.", "Two.", "Two.", "Three.", "Four."]) show(words);
  expect(shown()).toEqual(["Two.", "Three.", "Four."]);
});

it("takes back what was done, once", () => {
  const undo = vi.fn();
  show("Renamed.", undo);
  expect(said()).toBe("Renamed. Press F8 to undo.");
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledTimes(1);
  expect(shown()).toEqual([]);
});

it("is reached by F8, stands as long as one is there, and leads back", () => {
  const elsewhere = screen.getByRole("button", { name: "Elsewhere" });
  elsewhere.focus();
  show("Renamed.", () => {});
  act(() => void pressF8());
  expect(document.activeElement?.textContent).toBe("Undo");
  pass(60_000);
  expect(shown()).toEqual(["Renamed."]);
  act(() => void fireEvent.click(screen.getByRole("button", { name: "Dismiss" })));
  expect(document.activeElement).toBe(elsewhere);
  expect(shown()).toEqual([]);
});

it("stands while somebody points at it, and goes afterwards", () => {
  show("Saved.");
  const stack = screen.getByRole("region", { name: "Messages" });
  fireEvent.pointerEnter(stack);
  pass(60_000);
  expect(shown()).toEqual(["Saved."]);
  fireEvent.pointerLeave(stack);
  pass(20_000);
  expect(shown()).toEqual([]);
});

it("takes no key where there is nothing to reach", () => {
  expect(pressF8()).toBe(true);
});
