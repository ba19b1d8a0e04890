// Keeps a long task up to date while it runs. Without this script the page reloads itself, and all
// texts come from the server either way.
"use strict";

(() => {
  const SOON = 1500; // while somebody looks
  const HIDDEN = 15000; // while nobody does
  const LONGEST = 30000; // after failures

  for (const section of document.querySelectorAll("[data-progress]")) watch(section);

  function watch(section) {
    const live = section.querySelector("[data-progress-live]");
    const body = section.querySelector("[data-progress-body]");
    let failures = 0;
    let spoken = "";
    if (section.dataset.running !== "true") return;
    next(SOON);

    function next(pause) {
      setTimeout(look, document.hidden ? Math.max(pause, HIDDEN) : pause);
    }

    async function look() {
      try {
        const answer = await fetch(section.dataset.progress, { cache: "no-store", redirect: "error" });
        if (answer.status >= 400 && answer.status < 500) return;
        if (!answer.ok) throw new Error(String(answer.status));
        failures = 0;
        // Rendered by the server from the same template as the page.
        body.innerHTML = await answer.text();
        const summary = body.querySelector("[data-progress-summary]");
        const text = summary === null ? "" : summary.textContent;
        if (text !== spoken) live.textContent = spoken = text;
        if (answer.headers.get("belfry-progress") !== "done") next(SOON);
      } catch {
        failures += 1;
        next(Math.min(SOON * 2 ** failures, LONGEST));
      }
    }
  }
})();
