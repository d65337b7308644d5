import { expect, it } from "vitest";
import { type Command, filledGroups, findCommands } from "./findCommands";

const command = (word: string, also?: string): Command => ({
  id: word,
  word,
  icon: null,
  onTake: () => undefined,
  ...(also && { also }),
});
const COMMANDS = [command("Dashboard"), command("My day", "punch in out"), command("Downloads"), command("Day off")];
const found = (text: string) => findCommands(COMMANDS, text).map(({ word }) => word);

it.each([
  ["", ["Dashboard", "My day", "Downloads", "Day off"]],
  ["punch", ["My day"]],
  ["out my", ["My day"]],
  ["DÁY", ["Day off", "My day"]],
  ["nothing", []],
])("“%s” finds %j", (text, words) => expect(found(text)).toEqual(words));

it("leaves out groups in which nothing is", () => {
  const pages = { title: "Pages", entries: COMMANDS };
  expect(filledGroups([pages, { title: "People", entries: [] }])).toEqual([pages]);
});
