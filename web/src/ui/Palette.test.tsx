import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Palette, type PaletteEntry } from "./Palette";

const took: string[] = [];
const onClose = vi.fn();
const onLeave = vi.fn();

function entry(word: string, leads?: "deeper"): PaletteEntry {
  return { id: word, word, icon: null, onTake: () => took.push(word), ...(leads && { leads }) };
}

const PAGES = [entry("Dashboard"), entry("Live wall")];
const PEOPLE = [entry("Mia Wong", "deeper")];

function find(text: string) {
  const among = (entries: readonly PaletteEntry[]) => entries.filter(({ word }) => word.toLowerCase().includes(text));
  const groups = [
    { title: "Pages", entries: among(PAGES) },
    { title: "People", entries: among(PEOPLE) },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

beforeEach(() => {
  took.length = 0;
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

const show = (subject?: { word: string; onLeave: () => void }) =>
  render(<Palette label="Commands" placeholder="Go to" subject={subject} find={find} onClose={onClose} />);
const field = () => screen.getByRole<HTMLInputElement>("combobox");
const press = (...keys: string[]) => keys.forEach((key) => void fireEvent.keyDown(field(), { key }));
const chosen = () => screen.getByRole("option", { selected: true }).textContent;

it("moves around the whole list, over its groups, and takes one", () => {
  show();
  expect(chosen()).toBe("Dashboard");
  press("ArrowDown", "ArrowDown");
  expect(chosen()).toBe("Mia Wong");
  press("ArrowDown");
  expect(chosen()).toBe("Dashboard");
  press("ArrowUp", "ArrowUp", "Enter");
  expect(took).toEqual(["Live wall"]);
  expect(onClose).toHaveBeenCalledTimes(1);
});

it("says to whom only hears it which one is chosen, and how many there are", () => {
  show();
  press("ArrowDown");
  expect(document.getElementById(field().getAttribute("aria-activedescendant") ?? "")?.textContent).toBe("Live wall");
  expect(screen.getByRole("status").textContent).toBe("3 results");
});

it("begins anew with each letter, and says that nothing fits", () => {
  show();
  press("ArrowDown");
  fireEvent.change(field(), { target: { value: "wall" } });
  expect(chosen()).toBe("Live wall");
  fireEvent.change(field(), { target: { value: "nobody" } });
  press("ArrowDown", "Enter");
  expect(took).toEqual([]);
  expect(screen.getByRole("status").textContent).toBe("Nothing is called “nobody”.");
});

it("stays open where one goes deeper, and Backspace leads back from an empty field only", () => {
  const { rerender } = show();
  fireEvent.change(field(), { target: { value: "mia" } });
  press("Enter");
  expect(took).toEqual(["Mia Wong"]);
  expect(field().value).toBe("");
  expect(onClose).not.toHaveBeenCalled();

  const subject = { word: "Mia Wong", onLeave };
  rerender(<Palette label="Commands" placeholder="Open" subject={subject} find={find} onClose={onClose} />);
  fireEvent.change(field(), { target: { value: "d" } });
  press("Backspace");
  expect(onLeave).not.toHaveBeenCalled();
  fireEvent.change(field(), { target: { value: "" } });
  press("Backspace");
  expect(onLeave).toHaveBeenCalledTimes(1);
});
