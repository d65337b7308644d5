import { expect, it } from "vitest";
import { parseViewingSearch, viewingQueryString } from "./viewingSearch";

it.each([
  [{}, {}],
  [{ employee: 2607 }, { employee: "2607" }],
  [{ employee: "INT 2607" }, {}],
  [
    { from: "2026-11-01", to: "2026-13-01" },
    { from: "2026-11-01", to: undefined },
  ],
  [{ from: 5, to: "yesterday" }, {}],
])("%j", (search, parsed) => expect(parseViewingSearch(search)).toEqual(parsed));

it.each([
  [{}, {}, ""],
  [{ employee: "a.b" }, { limit: 100 }, "?employee=a.b&limit=100"],
  [{ from: "2026-11-01", to: undefined }, { cursor: "a b" }, "?from=2026-11-01&cursor=a+b"],
])("%j with %j asks %s", (search, more, query) => expect(viewingQueryString(search, more)).toBe(query));
