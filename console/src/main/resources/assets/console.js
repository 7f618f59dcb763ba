"use strict";
// What a server cannot know or do: the zone of this browser, selects that apply at once, keys, and the live view with its pause.
// The server says only that something has changed; the parts of a page that are live then ask for what they show.
(function () {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) {
    document.cookie = "tillwatch-zone=" + zone.replaceAll("/", ":") + ";path=/;max-age=31536000;samesite=lax";
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-submit]")) {
      event.target.form.requestSubmit();
    }
  });

  const live = document.getElementById("live");
  const pause = document.getElementById("pause");
  let paused = false;
  if (pause) {
    pause.addEventListener("click", () => {
      paused = !paused;
      pause.setAttribute("aria-pressed", String(paused));
      live.classList.toggle("is-paused", paused);
    });
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    const by = event.detail.requestConfig.triggeringEvent;
    const live = by && by.type === "live";
    // What somebody is marking or typing into is not taken away from under them.
    const target = event.detail.target;
    const selection = document.getSelection();
    const marking = selection && !selection.isCollapsed && target.contains(selection.anchorNode);
    if (live && (paused || marking)) {
      event.preventDefault();
    }
  });
  // In every element that goes htmx looks for what it must undo, with an event for each. In plain rows there is nothing to undo,
  // and a list of fifty has a thousand elements twice a second: they go at once. Who is at one of them with the keyboard stays there.
  let focused = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (event.detail.shouldSwap && target.matches("[data-plain]")) {
      focused = target.contains(document.activeElement) ? document.activeElement.id : null;
      target.replaceChildren();
    }
  });
  document.addEventListener("htmx:afterSwap", () => {
    const again = focused && document.getElementById(focused);
    focused = null;
    if (again) {
      again.focus({ preventScroll: true });
    }
  });
  const source = document.body.dataset.live && new EventSource(document.body.dataset.live);
  if (source) {
    source.addEventListener("open", () => live.classList.remove("is-off"));
    source.addEventListener("error", () => live.classList.add("is-off"));
    source.addEventListener("changed", () => document.body.dispatchEvent(new Event("live")));
    addEventListener("pagehide", () => source.close());
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "/") {
      const search = document.getElementById("q");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (event.key === "p" && pause) {
      pause.click();
    }
  });
})();
