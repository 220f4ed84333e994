// Bundles src/ into dist/: `node bundle.js [--into FOLDER] [--readable]`. Users need no node; dist/ is committed.
// page.js is one plain script, since a page from a disk may load no module; page-*.js come when they are first needed and
// take what page.js has already from it (`hoc.shared`); labextensions/ is what JupyterLab loads, notebook-*.js
// are modules of widgets that follow values of a kernel.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build, version } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const SRC = join(HERE, "src");
const TYPES = join(HERE, "..", "questions", "types");
const WIDGETS = ["bars"];
const TOOLS = ["drill", "follow_up"];
const AS_THEY_ARE = ["notebook/parts.css", "screens/drill/drill.css", "widgets/bars.css", "page/tools.css", "page/preload.js", "page/service_worker.js"];
const LAB = "labextensions/buuchinh-learner"; // as JupyterLab finds an extension that is not installed
const OF_LAB = ["package.json", "static/load.js", "static/icon.svg"];
// A screen's style sheet stands beside it: what the first script draws, and what comes with the second one.
const SHEETS = { "page.css": ["page", "screens"], "page-reference.css": ["page/reference"] };
const LAB_SHEETS = ["question.css", "page.css", "page-reference.css", "parts.css", "drill.css"]; // of dist/, before notebook.css
const FLOOR = "es2020"; // Chrome 109, Firefox 115, Safari 15.6
const named = (file) => relative(join(HERE, ".."), file).split(sep).join("/");

// What each folder of questions/types/ registers: a new type is a new folder, and no list names it.
const types = {
  name: "types",
  setup(made) {
    made.onResolve({ filter: /^buuchinh:types$/ }, ({ path }) => ({ path, namespace: "types", sideEffects: true }));
    made.onLoad({ filter: /.*/, namespace: "types" }, () => {
      const files = filesBelow(TYPES).filter((file) => /(?:score|view)\.js$/.test(file));
      return { contents: files.map((file) => `import ${JSON.stringify(file)};`).join("\n"), resolveDir: SRC };
    });
  },
};

// A script that comes later takes these modules of the first one from the page.
const taken = (first, found) => ({
  name: "taken",
  setup(made) {
    made.onResolve({ filter: /^\./ }, ({ path, importer, resolveDir }) => {
      const file = join(resolveDir, path);
      if (!importer || !first.has(file)) return null;
      found.add(file);
      return { path: named(file), namespace: "taken" };
    });
    made.onLoad({ filter: /.*/, namespace: "taken" }, ({ path }) => ({ contents: `module.exports = window.hoc.shared[${JSON.stringify(path)}];` }));
  },
});

// What page.js hands to them: each module by its name.
const handed = (files) => ({
  name: "handed",
  setup(made) {
    made.onResolve({ filter: /^buuchinh:shared$/ }, ({ path }) => ({ path, namespace: "handed" }));
    made.onLoad({ filter: /.*/, namespace: "handed" }, () => ({
      contents: [...files.map((file, n) => `import * as m${n} from ${JSON.stringify(file)};`), `export const shared = { ${files.map((file, n) => `${JSON.stringify(named(file))}: m${n}`).join(", ")} };`].join("\n"),
      resolveDir: SRC,
    }));
  },
});

async function script(entry, format, plugins = []) {
  const made = await build({
    entryPoints: [join(SRC, entry)],
    bundle: true,
    write: false,
    metafile: true,
    charset: "utf8",
    format,
    globalName: format === "iife" ? "bundled" : undefined,
    target: FLOOR,
    legalComments: "none",
    minify: !process.argv.includes("--readable"),
    absWorkingDir: HERE,
    logLevel: "error",
    plugins: [types, ...plugins],
  });
  const inputs = Object.keys(made.metafile.inputs).map((name) => join(HERE, name));
  return { text: made.outputFiles[0].text, inputs: new Set(inputs) };
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true }).sort().map((name) => join(folder, name));
}

// The style sheets that stand in a folder itself, but those that are files of their own.
function sheetsIn(folder) {
  const names = readdirSync(join(SRC, folder)).filter((name) => name.endsWith(".css") && !AS_THEY_ARE.includes(`${folder}/${name}`));
  return names.sort().map((name) => readFileSync(join(SRC, folder, name), "utf8"));
}

async function bundled() {
  const files = {};
  const { inputs } = await script("page/main.js", "iife", [handed([])]);
  const found = new Set();
  files["page-reference.js"] = (await script("page/reference/views.js", "iife", [taken(inputs, found)])).text;
  for (const tool of TOOLS) files[`page-${tool}.js`] = (await script(`screens/${tool}/tool.js`, "iife")).text;
  files["page.js"] = (await script("page/main.js", "iife", [handed([...found].sort())])).text;
  for (const widget of WIDGETS) files[`notebook-${widget}.js`] = (await script(`widgets/${widget}.js`, "esm")).text;
  for (const file of AS_THEY_ARE) files[basename(file)] = readFileSync(join(SRC, file), "utf8");
  for (const [name, folders] of Object.entries(SHEETS)) files[name] = folders.flatMap(sheetsIn).join("\n");
  const sheets = [join(SRC, "style", "tokens.css"), join(SRC, "question", "question.css"), ...filesBelow(TYPES).filter((file) => file.endsWith(".css"))];
  files["question.css"] = sheets.map((file) => readFileSync(file, "utf8")).join("\n");
  files[`${LAB}/static/learner.js`] = (await script("notebook/plugin.js", "esm")).text;
  files[`${LAB}/static/learner.css`] = [...LAB_SHEETS.map((name) => files[name]), readFileSync(join(SRC, "notebook", "notebook.css"), "utf8")].join("\n");
  for (const name of OF_LAB) files[`${LAB}/${name}`] = readFileSync(join(HERE, "labextension", name), "utf8");
  return files;
}

// What was bundled from what, by which version: `derive --check` compares it where there is no node.
function manifest(files) {
  const sources = [fileURLToPath(import.meta.url), ...filesBelow(SRC), ...filesBelow(TYPES)].filter((file) => /\.(?:js|css)$/.test(file) && !file.endsWith(".test.js"));
  sources.push(...OF_LAB.map((name) => join(HERE, "labextension", name)));
  const hashes = (entries) => Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, data]) => [name, createHash("sha256").update(data).digest("hex")]));
  const told = { esbuild: version, sources: hashes(sources.map((file) => [named(file), readFileSync(file)])), outputs: hashes(Object.entries(files)) };
  return `${JSON.stringify(told, null, 2)}\n`;
}

const at = process.argv.indexOf("--into");
const into = at < 0 ? join(HERE, "dist") : process.argv[at + 1];
const files = await bundled();
files["manifest.json"] = manifest(files);
rmSync(into, { recursive: true, force: true });
mkdirSync(into, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  mkdirSync(dirname(join(into, name)), { recursive: true });
  writeFileSync(join(into, name), text);
}
