// What scripts find around them that no module of ours declares.
interface Window {
  hoc: object; // how the pages' scripts find each other (page/app.js)
  fflate: { zipSync(files: object, options: object): Uint8Array }; // a script of its own, loaded to hand in
  jupyterapp?: { commands: { execute(command: string): Promise<void> } }; // JupyterLab, where one shows the notebook
}

interface Navigator {
  storageBuckets?: {
    open(name: string, options?: { durability: "strict" | "relaxed" }): Promise<{ indexedDB: IDBFactory }>;
    delete(name: string): Promise<void>;
  };
}

declare module "buuchinh:types"; // every type's view.js and score.js (bundle.js)
declare module "buuchinh:shared" {
  export const shared: Record<string, object>; // by name, the modules that later scripts take from the first one
}
