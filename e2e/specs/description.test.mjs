import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { startHub } from "../support/hub.mjs";

const KEPT = join(import.meta.dirname, "../../docs/openapi.json");

describe("the description of the REST interface", () => {
  let hub;
  before(async () => {
    hub = await startHub();
  });
  after(() => hub?.stop());

  it("in docs/openapi.json, which the portal's types are made from, is this hub's own", async () => {
    const own = await fetch(`${hub.origin}/api/openapi.json`).then((response) => response.json());
    const kept = JSON.parse(await readFile(KEPT, "utf8"));
    assert.ok(isDeepStrictEqual(own, kept), "it is out of date: run `cargo xtask openapi`");
  });
});
