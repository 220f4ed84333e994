// A file dropped anywhere on the pages is opened as solutions; without this the browser would leave the pages for it.
import { showSolutions } from "../screens/solutions_box.js";

export function watchDrops(host) {
  const ofFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => ofFiles(event) && event.preventDefault());
  addEventListener("drop", async (event) => {
    if (!ofFiles(event) || event.defaultPrevented) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    try {
      if (!host.person) throw new Error(host.say("solutions_code"));
      await showSolutions(host, file);
    } catch (error) {
      host.announce(error.message || host.say("solutions_bad"));
    }
  });
}
