// Runs functions that a test sends, one JSON a line, over the modules that it was started with: their exports are `kit`.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

globalThis.kit = {};
for (const path of process.argv.slice(2)) Object.assign(globalThis.kit, await import(pathToFileURL(path)));

for await (const line of createInterface({ input: process.stdin })) {
  const { text, given } = JSON.parse(line);
  let told;
  try {
    // biome-ignore lint/security/noGlobalEval: the test's own text
    const found = (0, eval)(`(${text})`);
    told = { value: typeof found === "function" ? await found(given) : await found };
  } catch (error) {
    told = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
