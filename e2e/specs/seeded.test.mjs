import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { exported, parseCsv, sumOf } from "../support/exports.mjs";
import { assertSound, LOOKS } from "../support/looks.mjs";
import { giveAPast, PAST_SETTINGS } from "../support/past.mjs";
import { signIn, untilLive } from "../support/portal.mjs";
import { ADMIN, call, logIn } from "../support/rest.mjs";
import { useStage } from "../support/stage.mjs";

// Every page against what the generator of `muster-loadtest seed` told the hub: three months of 60 people, most of them
// without pictures, because a picture takes longer than a person's quarter. 30 to 40 seconds in development builds. It ends
// with a Saturday, so that nobody is at work, whenever this runs.
const DAY_MS = 86_400_000;
const LAST_DAY = lastSaturday();
const PAST = { employees: 60, days: 90, until: LAST_DAY, "screenshots-of": 3, "screenshot-days": 1 };

describe("on months of history", () => {
  const stage = useStage(PAST_SETTINGS);
  /** @type {import("../support/past.mjs").Past} */
  let past;
  /** What the hub says of all screenshots. */
  let shots;
  /** Who can sign in: what they sign in with, and what the hub says of them. */
  const people = {};
  before(async () => {
    past = await giveAPast(stage.origin, PAST);
    stage.adminToken = await logIn(stage.origin, ADMIN);
    shots = await call(stage.origin, "GET", "/api/uploads/list?limit=500", { token: stage.adminToken });
    for (const [role, by] of Object.entries({ admin: ADMIN, ...past.signIns })) {
      const token = await logIn(stage.origin, by);
      people[role] = { ...by, me: await call(stage.origin, "GET", "/api/auth/me", { token }) };
    }
  });

  const ofTeam = () => past.people / past.teams;
  const shotsOf = (role) => shots.filter(({ employeeId }) => employeeId === people[role].me.employeeId);
  const correctionsOf = async (role) => {
    const path = `/api/audit?action=time_corrected&limit=500&subject=${people[role].me.employeeId}`;
    return (await call(stage.origin, "GET", path, { token: stage.adminToken })).items.length;
  };

  /** The pages of each role, and how one sees that they are full. Where the generator makes nothing: that they say so. */
  const PAGES = {
    admin: {
      "/": (page) => seesBoard(page, past.people + 1),
      "/live": async (page) => {
        await page.getByRole("button", { name: /^Offline too/ }).click();
        await page.getByText(`0 screens of ${past.people} people.`).waitFor();
      },
      "/hours": (page) => seesHours(page, past.people + 1),
      "/activity": async (page) => {
        const groups = page.getByRole("region").filter({ has: page.getByRole("button", { name: /^Screenshot/ }) });
        await groups.first().waitFor();
        await page.evaluate(() => globalThis.dispatchEvent(new Event("beforeprint")));
        assert.equal(await groups.count(), PAST["screenshots-of"]);
        await page.evaluate(() => globalThis.dispatchEvent(new Event("afterprint")));
      },
      "/screenshots": async (page) => {
        assert.equal(shots.length, past.screenshots);
        const [date, count] = fullestDay(shots);
        await page.goto(`/screenshots?date=${date}`);
        await page
          .getByRole("status")
          .filter({ hasText: `${count} pictures` })
          .waitFor();
      },
      "/people": (page) => seesRows(page, "People, by name", past.people + 1),
      "/teams": async (page) => {
        const cells = page.getByRole("row").getByRole("cell");
        await cells.first().waitFor();
        const counts = await page.locator("tbody tr td:nth-child(2)").allInnerTexts();
        assert.deepEqual(counts.map(Number.parseFloat), Array.from({ length: past.teams }, ofTeam));
      },
      "/settings/organization": (page) => page.getByRole("button", { name: "Save organization" }).waitFor(),
      "/settings/policy": (page) => page.getByRole("heading", { name: "Policy of Northwind" }).waitFor(),
      "/settings/notice": async (page) => {
        await page.getByText(`${past.acknowledged} of ${past.people + 1}`).waitFor();
        await seesRows(page, "Acknowledgements", past.people + 1);
      },
      "/settings/retention": (page) => page.getByRole("heading", { name: "For how long records are kept" }).waitFor(),
      "/settings/devices": (page) => seesRows(page, "Devices", past.people),
      "/settings/alerts": (page) => page.getByRole("checkbox", { name: "Pictures fail" }).waitFor(),
      "/downloads": (page) => page.getByRole("heading", { name: "Enrolment" }).waitFor(),
      "/viewings": (page) => page.getByRole("heading", { name: "Nobody has watched yet" }).waitFor(),
      "/audit": async (page) => {
        await page.getByLabel("What was done").selectOption("Corrected working time");
        await seesRows(page, "Audit", past.corrections);
      },
      "/system": async (page) => {
        const actors = page.getByRole("definition").filter({ hasText: new RegExp(`^${past.people + 1}$`) });
        await actors.waitFor();
      },
      "/my-day": (page) => seesMyDay(page, 0),
      "/my-data": (page) => seesCorrections(page, 0),
    },
    manager: {
      "/": (page) => seesBoard(page, ofTeam()),
      "/live": async (page) => {
        await page.getByRole("button", { name: /^Offline too/ }).click();
        await page.getByText(`0 screens of ${ofTeam() - 1} people.`).waitFor();
      },
      "/hours": (page) => seesHours(page, ofTeam()),
      "/activity": async (page) => {
        await page.getByRole("region", { name: people.manager.me.name }).waitFor();
      },
      "/screenshots": async (page) => {
        const own = shotsOf("manager");
        const [date, count] = fullestDay(own);
        await page.goto(`/screenshots?date=${date}&employee=${people.manager.me.employeeId}`);
        await page
          .getByRole("status")
          .filter({ hasText: `${count} pictures` })
          .waitFor();
      },
      "/people": (page) => seesRows(page, "People, by name", ofTeam()),
      "/teams": async (page) => {
        await page.getByRole("cell", { name: people.manager.me.name }).waitFor();
        assert.equal(await page.locator("tbody tr").count(), 1);
      },
      "/downloads": (page) => page.getByRole("heading", { name: "Enrolment" }).waitFor(),
      "/viewings": (page) => page.getByRole("heading", { name: "Nobody has watched yet" }).waitFor(),
      "/my-day": (page) => seesMyDay(page, shotsOf("manager").length),
      "/my-data": async (page) => seesCorrections(page, await correctionsOf("manager")),
    },
    employee: {
      "/my-day": (page) => seesMyDay(page, shotsOf("employee").length),
      "/viewings": (page) => page.getByRole("heading", { name: "Nobody has viewed your screen" }).waitFor(),
      "/my-data": async (page) => seesCorrections(page, await correctionsOf("employee")),
      "/downloads": (page) => page.getByRole("heading", { name: "Enrolment" }).waitFor(),
      "/hours": (page) => seesHours(page, 1),
      "/activity": (page) => page.getByRole("region", { name: people.employee.me.name }).waitFor(),
      "/screenshots": async (page) => {
        const [date, count] = fullestDay(shotsOf("employee"));
        await page.goto(`/screenshots?date=${date}`);
        await page
          .getByRole("status")
          .filter({ hasText: `${count} pictures` })
          .waitFor();
      },
    },
  };

  let turn = 0;
  for (const [role, pages] of Object.entries(PAGES)) {
    for (const [path, seesWhatThereIs] of Object.entries(pages)) {
      // Looks take turns: what several roles see is looked at in several.
      const { look, ...options } = LOOKS[turn++ % LOOKS.length];
      it(`${path} of the ${role} is full and sound, ${look}`, async () => {
        await stage.inPage({ name: `seeded ${role} ${path}`, ...options }, async (page) => {
          await signIn(page, people[role], path);
          await seesWhatThereIs(page);
          await assertSound(page);
        });
      });
    }

    it(`no page of the ${role} is left out`, async () => {
      await stage.inPage({ name: `pages of ${role}` }, async (page) => {
        await signIn(page, people[role]);
        const rail = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
        const listed = await pathsOf(rail);
        if (role === "admin") {
          await page.goto("/settings");
          await untilLive(page);
          listed.push(
            ...(await pathsOf(page.getByRole("navigation", { name: "Parts of the set-up" }).getByRole("link"))),
          );
        }
        const left = listed.filter((path) => path !== "/settings" && !(path in pages));
        assert.deepEqual(left, []);
      });
    });
  }
});

async function seesBoard(page, people) {
  await page
    .getByRole("status")
    .filter({ hasText: `${people} people` })
    .waitFor();
  const strip = page.getByRole("region", { name: "Latest screenshots" });
  await strip.getByRole("button").first().waitFor();
}

/** Of the last week: a row for everybody, and each row's figures are what the exported segments of that person come to. */
async function seesHours(page, people) {
  await page.goto(`/hours?period=week&date=${LAST_DAY}`);
  const table = page.getByRole("table", { name: /^Work hours/ });
  await table.getByRole("rowheader").first().waitFor();
  assert.equal(Number(await table.getAttribute("aria-rowcount")), people + 1);
  const segments = parseCsv(await exported(page, "Segments as CSV"));
  const byPerson = grouped(segments, ({ employeeId }) => employeeId);
  const summed = Object.fromEntries(byPerson.map(([id, own]) => [id, sumOf(own)]));
  assert.ok(Object.keys(summed).length > people / 2, "most people worked that week");
  assert.deepEqual(await figuresShown(page), summed);
}

/** Of everybody who worked: all rows are drawn as if for paper. */
function figuresShown(page) {
  return page.evaluate(() => {
    globalThis.dispatchEvent(new Event("beforeprint"));
    const figure = (row, name) => Number(row.querySelector(`[data-figure="${name}"] data`).value);
    const worked = [...document.querySelectorAll("tbody[data-index]:not([data-absent])")];
    const figures = worked.map((row) => [
      /EMP-\d+/.exec(row.querySelector("th").textContent)[0],
      { active: figure(row, "active"), idle: figure(row, "idle"), net: figure(row, "net") },
    ]);
    globalThis.dispatchEvent(new Event("afterprint"));
    return Object.fromEntries(figures);
  });
}

/** A list that comes page by page: how many rows it has once it is at its end. */
async function seesRows(page, caption, rows) {
  const table = page.getByRole("table", { name: caption });
  await table.getByRole("row").nth(1).waitFor();
  await page.waitForFunction(
    ([element, count]) => {
      globalThis.scrollTo(0, document.documentElement.scrollHeight);
      return element.ariaRowCount === String(count + 1);
    },
    [await table.elementHandle(), rows],
  );
  await page.evaluate(() => globalThis.scrollTo(0, 0));
}

async function seesMyDay(page, screenshots) {
  await page.getByText("Not punched in").first().waitFor();
  const strip = page.getByRole("region", { name: "Your latest screenshots" });
  if (screenshots === 0) return strip.getByText("No picture was taken of your screen yet.").waitFor();
  await strip.getByRole("button").first().waitFor();
  assert.equal(await strip.getByRole("button").count(), Math.min(24, screenshots));
}

async function seesCorrections(page, corrections) {
  if (corrections === 0) return page.getByText("Nobody has changed anything.").waitFor();
  const rows = page.getByRole("table", { name: "Corrections of your hours" }).getByRole("rowheader");
  await rows.first().waitFor();
  assert.equal(await rows.count(), corrections);
}

async function pathsOf(links) {
  await links.first().waitFor();
  return links.evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
}

/** The day of the organization's zone with the most screenshots, and how many those are. */
function fullestDay(shots) {
  const dayOf = ({ ts }) => new Date(ts).toLocaleDateString("sv-SE", { timeZone: "Europe/Berlin" });
  const days = grouped(shots, dayOf).map(([date, own]) => [date, own.length]);
  return days.sort(([, one], [, other]) => other - one)[0];
}

/** What belongs together, each with what it is grouped by. */
function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}

/** One that is over in every zone, and so are the shifts that began on it. */
function lastSaturday() {
  const day = new Date(Date.now() - 2 * DAY_MS);
  while (day.getUTCDay() !== 6) day.setTime(day.getTime() - DAY_MS);
  return day.toISOString().slice(0, 10);
}
