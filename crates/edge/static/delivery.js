// Keeps the delivery of a post up to date while it is on its way. Without this script the page
// reads the same and has a link to refresh it: all texts come from the server.
"use strict";

(() => {
  const SOON = 1000; // while servers are being sent to
  const LATER = 15000; // while some only wait for their next try
  const HIDDEN = 30000; // while nobody looks
  const LONGEST = 60000; // after failures
  const SPEAK = 10000; // between two announcements to screen readers

  for (const section of document.querySelectorAll("[data-delivery]")) watch(section);

  function watch(section) {
    const body = section.querySelector("[data-delivery-body]");
    const live = section.querySelector("[data-delivery-live]");
    const refresh = section.querySelector("[data-delivery-refresh]");
    let timer = null;
    let failures = 0;
    let spoken = 0;
    let html = "";

    if (section.dataset.complete === "true") return;
    refresh.hidden = true;
    next(SOON);
    document.addEventListener("visibilitychange", () => {
      if (timer !== null && !document.hidden) {
        clearTimeout(timer);
        look();
      }
    });

    function next(pause) {
      timer = setTimeout(look, document.hidden ? Math.max(pause, HIDDEN) : pause);
    }

    // Deleted, or signed out: there is nothing to look at any more.
    function stop() {
      timer = null;
      refresh.hidden = false;
    }

    async function look() {
      timer = null;
      try {
        const answer = await fetch(section.dataset.delivery, { cache: "no-store" });
        if (answer.status >= 400 && answer.status < 500) return stop();
        if (!answer.ok) throw new Error(String(answer.status));
        const seen = await answer.json();
        failures = 0;
        show(seen);
        if (seen.complete) return stop();
        next(seen.under_way > 0 || !seen.walked ? SOON : LATER);
      } catch {
        failures += 1;
        next(Math.min(SOON * 2 ** failures, LONGEST));
      }
    }

    function show(seen) {
      if (seen.html === html) return;
      html = seen.html;
      // Rendered by the server from the same template as the page.
      body.innerHTML = html;
      const now = Date.now();
      if (!seen.complete && now - spoken < SPEAK) return;
      spoken = now;
      const summary = body.querySelector("[data-delivery-summary]");
      live.textContent = summary === null ? "" : summary.textContent;
    }
  }
})();
