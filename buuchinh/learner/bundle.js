// Bundles src/ into dist/: `node bundle.js [--into FOLDER] [--readable]`. Users need no node; dist/ is committed. page.js is
// one plain script, since a page from a disk may load no module: the head, the first page, the store. page-*.js are loaded when
// they are first needed and take the modules that an earlier one has already from it (`hoc.shared`); labextensions/ is what
// JupyterLab loads, notebook-*.js are modules of widgets that follow values of a kernel.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform, version } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const SRC = join(HERE, "src");
const TYPES = join(HERE, "..", "questions", "types");
const WIDGETS = ["bars", "picture"];
const TOOLS = readdirSync(join(SRC, "screens")).filter((name) => existsSync(join(SRC, "screens", name, "tool.js"))).sort();
const AS_THEY_ARE = ["style/tokens.css", "notebook/parts.css", "screens/drill/drill.css", "widgets/bars.css", "widgets/picture.css", "page/tools.css", "page/first_look.js", "page/preload.js", "page/service_worker.js"];
const LAB = "labextensions/buuchinh-learner"; // as JupyterLab finds an extension that is not installed
const OF_LAB = ["package.json", "static/load.js", "static/icon.svg"];
// The scripts that are loaded later, and the one that each waits for besides page.js, for its modules.
const LATER = { "page-head.js": "page/head/tools.js", "page-unit.js": "page/unit.js", "page-reference.js": "page/reference/reference_views.js", "page-own.js": "page/own/own_views.js" };
const AFTER = { "page-own.js": "page-unit.js" };
const CONSTANTS = join(SRC, "routes.js"); // each script contains those that it uses
const ONCE = "question/registry.js"; // if two scripts had it, a type would be registered in only one of them
// A style sheet beside a script of its name comes with that script; another one comes with its folder's script.
const SHEETS = { page: "page", screens: "page", "page/head": "page-head", "page/reference": "page-reference", "page/own": "page-own" };
const LAB_SHEETS = ["tokens.css", "question.css", "page.css", "page-unit.css", "page-reference.css", "page-own.css", "page-head.css", "parts.css", "drill.css"]; // of dist/, before notebook.css
const FLOOR = "es2020"; // Chrome 109, Firefox 115, Safari 15.6
const named = (file) => relative(join(HERE, ".."), file).split(sep).join("/");

// Gives the registrations of each folder of questions/types/: a new type is a new folder, and no list names it.
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

// Gives the files `*_view.js` of a folder, by name: a new view is a new file, and no list names it.
const views = {
  name: "views",
  setup(made) {
    made.onResolve({ filter: /^buuchinh:views\// }, ({ path }) => ({ path: path.replace("buuchinh:views/", ""), namespace: "views" }));
    made.onLoad({ filter: /.*/, namespace: "views" }, ({ path }) => {
      const files = readdirSync(join(SRC, path)).filter((name) => name.endsWith("_view.js")).sort();
      const contents = [...files.map((name, n) => `import * as m${n} from "./${name}";`), `export const views = { ${files.map((_, n) => `...m${n}`).join(", ")} };`].join("\n");
      return { contents, resolveDir: join(SRC, path) };
    });
  },
};

// Makes a later script take these modules of earlier ones from the page.
const taken = (earlier, modules) => ({
  name: "taken",
  setup(made) {
    made.onResolve({ filter: /^\./ }, ({ path, importer, resolveDir }) => {
      const file = join(resolveDir, path);
      if (!importer || file === CONSTANTS || !earlier.has(file)) return null;
      modules.add(file);
      return { path: named(file), namespace: "taken" };
    });
    made.onLoad({ filter: /.*/, namespace: "taken" }, ({ path }) => ({ contents: `module.exports = window.hoc.shared[${JSON.stringify(path)}];` }));
  },
});

// Makes a script offer these modules to later ones, each by its name.
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
    plugins: [types, views, ...plugins],
  });
  const [{ inputs }] = Object.values(made.metafile.outputs);
  const used = Object.keys(inputs).filter((name) => inputs[name].bytesInOutput > 0 && !name.includes(":"));
  return { text: made.outputFiles[0].text, inputs: new Set(used.map((name) => join(HERE, name))) };
}

// Returns a style sheet without comments and blanks; its rules stay as they are written.
async function style(text) {
  const made = await transform(text, { loader: "css", charset: "utf8", legalComments: "none", minifyWhitespace: !process.argv.includes("--readable") });
  return made.code;
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true }).sort().map((name) => join(folder, name));
}

// Returns the pages' style sheets by name, from the files that each script has of its own.
function pageSheets(own) {
  const sheets = Object.fromEntries(Object.keys(own).map((name) => [name.replace(".js", ".css"), []]));
  for (const [folder, otherwise] of Object.entries(SHEETS)) {
    const names = readdirSync(join(SRC, folder)).filter((name) => name.endsWith(".css") && !AS_THEY_ARE.includes(`${folder}/${name}`));
    for (const file of names.sort().map((name) => join(SRC, folder, name))) {
      const where = Object.keys(own).find((name) => own[name].has(file.replace(/css$/u, "js"))) ?? `${otherwise}.js`;
      sheets[where.replace(".js", ".css")].push(readFileSync(file, "utf8"));
    }
  }
  return Object.fromEntries(Object.entries(sheets).map(([name, texts]) => [name, texts.join("\n")]));
}

// Returns the pages' scripts, each of which offers the modules that later ones take of it, and their style sheets.
async function pageFiles() {
  const first = await script("page/main.js", "iife", [handed([])]);
  const own = { "page.js": first.inputs };
  const taking = {}; // by script: what it takes
  const files = {};
  for (const [name, entry] of Object.entries(LATER)) {
    const before = ["page.js", AFTER[name]].filter(Boolean);
    taking[name] = new Set();
    const plugins = [taken(new Set(before.flatMap((earlier) => [...own[earlier]])), taking[name])];
    const made = await script(entry, "iife", [...plugins, handed([])]);
    own[name] = made.inputs;
    files[name] = made.text;
  }
  const modulesOf = (name) => [...new Set(Object.values(taking).flatMap((modules) => [...modules].filter((file) => own[name].has(file))))].sort();
  files["page-unit.js"] = (await script(LATER["page-unit.js"], "iife", [taken(own["page.js"], new Set()), handed(modulesOf("page-unit.js"))])).text;
  const page = await script("page/main.js", "iife", [handed(modulesOf("page.js"))]);
  files["page.js"] = page.text;
  const scorm = await script("scorm/main.js", "iife", [handed(modulesOf("page.js"))]); // in its place, in a package for an LMS
  files["scorm.js"] = scorm.text;
  const wrong = Object.entries({ ...own, "page.js": page.inputs, "scorm.js": scorm.inputs }).find(([name, inputs]) => name !== "page-unit.js" && inputs.has(join(SRC, ONCE)));
  if (wrong) throw new Error(`${wrong[0]} would have question types of its own: what needs them belongs to page/unit.js or page/own/`);
  return { ...files, ...pageSheets(own) };
}

async function bundled() {
  const files = await pageFiles();
  for (const tool of TOOLS) files[`page-${tool}.js`] = (await script(`screens/${tool}/tool.js`, "iife")).text;
  for (const widget of WIDGETS) files[`notebook-${widget}.js`] = (await script(`widgets/${widget}.js`, "esm")).text;
  for (const file of AS_THEY_ARE) files[basename(file)] = readFileSync(join(SRC, file), "utf8");
  const sheets = [join(SRC, "question", "question.css"), ...filesBelow(TYPES).filter((file) => file.endsWith(".css"))];
  files["question.css"] = sheets.map((file) => readFileSync(file, "utf8")).join("\n");
  const ofNotebook = readFileSync(join(SRC, "notebook", "notebook.css"), "utf8");
  for (const name of Object.keys(files).filter((file) => file.endsWith(".css"))) files[name] = await style(files[name]);
  files[`${LAB}/static/learner.js`] = (await script("notebook/plugin.js", "esm")).text;
  files[`${LAB}/static/learner.css`] = [...LAB_SHEETS.map((name) => files[name]), await style(ofNotebook)].join("\n");
  for (const name of OF_LAB) files[`${LAB}/${name}`] = readFileSync(join(HERE, "labextension", name), "utf8");
  return files;
}

// Returns the record of what was bundled from what, by which version: `derive --check` compares it if node is missing.
function manifest(files) {
  const sources = [fileURLToPath(import.meta.url), ...filesBelow(SRC), ...filesBelow(TYPES)].filter((file) => /\.(?:js|css)$/.test(file) && !file.endsWith(".test.js"));
  sources.push(...OF_LAB.map((name) => join(HERE, "labextension", name)));
  const hashes = (entries) => Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, data]) => [name, createHash("sha256").update(data).digest("hex")]));
  const record = { esbuild: version, sources: hashes(sources.map((file) => [named(file), readFileSync(file)])), outputs: hashes(Object.entries(files)) };
  return `${JSON.stringify(record, null, 2)}\n`;
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
