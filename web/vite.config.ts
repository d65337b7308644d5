import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The hub that `npm run dev` talks to. The built portal is served by the hub itself. */
const hub = process.env.MUSTER_HUB ?? "http://127.0.0.1:4000";
/** The hub takes portal sockets only from its own origin, so the proxy speaks in its name. */
const proxied = { target: hub, headers: { origin: hub } };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    proxy: { "/api": proxied, "/ws": { ...proxied, ws: true } },
  },
  build: {
    // The hub's Content-Security-Policy permits no `data:` fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    // Read by scripts/check-size.mjs.
    manifest: "manifest.json",
    // The first versions with `light-dark()`, which the design tokens are written in.
    target: ["chrome125", "firefox128", "safari17.5"],
  },
  test: {
    environment: "happy-dom",
    restoreMocks: true,
  },
});
