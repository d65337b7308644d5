import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { UnsavedChanges } from "./UnsavedChanges";

beforeAll(() => {
  // Not of happy-dom: what is modal is shown all the same.
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
});
afterEach(cleanup);

function Form({ lostWith }: { lostWith: "path" | "address" }) {
  const [text, setText] = useState("");
  return (
    <>
      <UnsavedChanges isUnsaved={text !== ""} lostWith={lostWith} />
      <input aria-label="Text" value={text} onChange={(event) => setText(event.target.value)} />
    </>
  );
}

/** Forms at `/`, and links to another filter of it and to another page. */
async function show(lostWith: "path" | "address", forms = 1) {
  const root = createRootRoute({
    component: () => (
      <>
        <Link to={"/" as string} search={{ team: "red" } as never}>
          Another filter
        </Link>
        <Link to={"/elsewhere" as string}>Another page</Link>
        <Outlet />
      </>
    ),
  });
  const form = createRoute({
    getParentRoute: () => root,
    path: "/",
    component: () => ["one", "two"].slice(0, forms).map((name) => <Form key={name} lostWith={lostWith} />),
  });
  const elsewhere = createRoute({
    getParentRoute: () => root,
    path: "/elsewhere",
    component: () => <h1>Elsewhere</h1>,
  });
  const history = createMemoryHistory({ initialEntries: ["/"] });
  const router = createRouter({ routeTree: root.addChildren([form, elsewhere]), history });
  render(<RouterProvider router={router as never} />);
  await screen.findAllByRole("textbox");
  return history;
}

const type = (value: string) => fireEvent.change(screen.getByRole("textbox"), { target: { value } });
const follow = (name: string) => act(async () => fireEvent.click(screen.getByText(name)));
const question = () => screen.queryByText("Leave without saving?");
const text = () => (screen.queryByRole("textbox") as HTMLInputElement | null)?.value;

it("lets whoever typed nothing go", async () => {
  await show("path");
  await follow("Another page");
  expect(await screen.findByText("Elsewhere")).toBeTruthy();
});

it("asks whoever typed; who stays keeps it, who leaves loses it", async () => {
  await show("path");
  type("A new name");
  await follow("Another page");
  expect(await screen.findByText("Leave without saving?")).toBeTruthy();
  await follow("Cancel");
  expect([question(), text()]).toEqual([null, "A new name"]);

  await follow("Another page");
  await follow("Leave");
  expect(await screen.findByText("Elsewhere")).toBeTruthy();
});

it("asks once for all forms of a page, and for those that are left when one is saved", async () => {
  await show("path", 2);
  const [one, other] = screen.getAllByRole("textbox") as [HTMLElement, HTMLElement];
  fireEvent.change(one, { target: { value: "A new name" } });
  fireEvent.change(other, { target: { value: "Another role" } });
  fireEvent.change(one, { target: { value: "" } });
  await follow("Another page");
  expect(screen.getAllByText("Leave without saving?")).toHaveLength(1);
  await follow("Cancel");
  fireEvent.change(one, { target: { value: "A new name" } });
  await follow("Another page");
  await follow("Leave");
  expect(await screen.findByText("Elsewhere")).toBeTruthy();
  expect(question()).toBeNull();
});

it.each([
  ["path", null],
  ["address", "Leave without saving?"],
] as const)("a form that is lost with the %s, and another filter", async (lostWith, asked) => {
  const history = await show(lostWith);
  type("A new name");
  await follow("Another filter");
  expect(question()?.textContent ?? null).toBe(asked);
  expect(history.location.search).toBe(asked ? "" : "?team=red");
});
