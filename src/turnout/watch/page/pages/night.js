"use strict";
// Asks for the part that changes, and replaces only the sections that did: what is open stays
// open, what has the focus keeps it.
const EVERY = 2000;
const live = document.getElementById("live");
const lost = document.getElementById("lost");
let tag = "";

function taken(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").body;
  const openIds = [...live.querySelectorAll("details[open]")].map((one) => one.id);
  for (const details of fresh.querySelectorAll("details")) {
    details.open = openIds.includes(details.id);
  }
  const parts = (root) => [...root.querySelectorAll("section[id], #notice")];
  const ids = (root) => parts(root).map((one) => one.id).join();
  if (ids(live) !== ids(fresh)) {
    live.replaceChildren(...fresh.childNodes);
    return;
  }
  for (const part of parts(fresh)) {
    const old = live.querySelector("#" + part.id);
    if (old.innerHTML === part.innerHTML) continue;
    const focused = old.contains(document.activeElement)
      ? [...old.querySelectorAll("[tabindex], summary")].indexOf(document.activeElement) : -1;
    const at = [...old.querySelectorAll(".scroll")].map((one) => [one.scrollLeft, one.scrollTop]);
    old.replaceWith(part);
    part.querySelectorAll(".scroll").forEach((one, number) => {
      if (at[number]) [one.scrollLeft, one.scrollTop] = at[number];
    });
    if (focused >= 0) part.querySelectorAll("[tabindex], summary")[focused]?.focus();
  }
}

async function ask() {
  try {
    const answer = await fetch("live?lang=" + document.documentElement.lang + "&seen=" + tag, {cache: "no-store"});
    if (answer.status === 200) {
      taken(await answer.text());
      tag = answer.headers.get("ETag").replaceAll('"', "");
    }
    lost.hidden = answer.ok;
  } catch {
    lost.hidden = false;
  }
  setTimeout(ask, EVERY);
}
setTimeout(ask, EVERY);
