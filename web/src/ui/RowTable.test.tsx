import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { type Column, RowTable } from "./RowTable";

const ROWS = Array.from({ length: 300 }, (_, index) => `Row ${index}`);
const COLUMNS: readonly Column<string>[] = [{ head: "Row", width: "1fr", cell: (row) => row }];

afterEach(cleanup);

const drawn = () => screen.getAllByRole("row").length - 1;
const announce = (name: "beforeprint" | "afterprint") => act(() => void window.dispatchEvent(new Event(name)));

it("draws what is in sight, and on paper every row", () => {
  render(<RowTable caption="Rows" columns={COLUMNS} rows={ROWS} rowKey={(row) => row} />);
  expect(drawn()).toBeLessThan(60);
  announce("beforeprint");
  expect(drawn()).toBe(300);
  expect(screen.getByText("Row 299").closest("tr")?.style.transform).toBe("");
  expect(screen.queryByText(/there are more/)).toBeNull();
  announce("afterprint");
  expect(drawn()).toBeLessThan(60);
});

it("says on paper that it has not loaded all", () => {
  render(<RowTable caption="Rows" columns={COLUMNS} rows={ROWS} rowKey={(row) => row} hasMore onMore={() => {}} />);
  expect(screen.getByText(/^Here are the first 300; there are more/)).toBeTruthy();
});
