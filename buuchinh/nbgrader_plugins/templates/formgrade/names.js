// Puts name and unit behind each trainee's code on formgrader's pages; nothing of it is sent or kept.
(() => {
  "use strict";
  const people = new Map(Object.entries(JSON.parse(document.getElementById("bc-people").textContent)));

  function join() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      const code = text.data.trim();
      const nameAndUnit = people.get(code)?.trim(); // of invisible signs alone it would be put in for ever
      if (nameAndUnit && !text.parentElement.closest("script, style, textarea, pre, .modal")) {
        text.data = `${code} ${nameAndUnit}`;
      }
    }
  }

  function begin() {
    join();
    new MutationObserver(join).observe(document.body, { childList: true, characterData: true, subtree: true });
  }

  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
