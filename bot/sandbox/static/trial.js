// What a visitor tries out around the chats: the clock, the sample month, light and dark, and whether the bot is there.

import { $, act, attempt, get } from "./talk.js";

const EARLY = 4;  // from this hour on the next morning is another day's

let ahead = 0;

/** The time in the sandbox. */
export function sandboxNow() {
  return new Date(Date.now() + ahead);
}

export function tellClock(now) {
  if (now) ahead = Date.parse(now) - Date.now();
  const time = sandboxNow();
  $("clock-time").dateTime = time.toISOString();
  $("clock-time").textContent = time.toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

export function startTrial() {
  setInterval(tellClock, 10_000);
  $("clock-hour").addEventListener("click", () => attempt(() => act("advance", { hours: 1 })));
  $("clock-morning").addEventListener("click", () => {
    const morning = sandboxNow();
    if (morning.getHours() >= EARLY) morning.setDate(morning.getDate() + 1);
    morning.setHours(8, 0, 0, 0);
    attempt(() => act("advance", { to: morning.toISOString() }));
  });
  $("trial-month").addEventListener("click", () => ask("month"));
  $("trial-today").addEventListener("click", () => ask("today"));
  $("progress-stop").addEventListener("click", () => attempt(() => act("play", { programme: "stop" })));
  startTheme();
  setInterval(tellPulse, 4000);
}

// the sample month

const ASKED = {
  month: ["Play the sample month?", "The sandbox begins anew on 1 March 2026: what was posted and written here goes. Four channels publish 159 posts, and the reader gets an edition every morning. It takes a minute or two, and you can stop it.", "Play"],
  today: ["Back to today?", "The sandbox begins anew with today’s sample news: what was posted and written here goes.", "Begin anew"],
};

function ask(name) {
  const [title, text, button] = ASKED[name];
  $("month-title").textContent = title;
  $("month-text").textContent = text;
  $("month-ok").textContent = button;
  const dialog = $("month-dialog");
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "go") attempt(() => act("play", { programme: name }));
  }, { once: true });
  dialog.showModal();
}

export function tellProgramme(programme) {
  $("trial").hidden = !programme;
  if (!programme) return;
  const { name, state, done, total } = programme;
  const month = name === "month";
  const playing = state !== "over";
  $("progress").hidden = !(month && playing);
  for (const button of ["trial-month", "trial-today", "clock-hour", "clock-morning"]) $(button).disabled = playing;
  $("progress-text").textContent = state === "starting" ? "The sample month begins: the models are loading …" : `The sample month: ${done} of ${total} posts`;
  $("progress-bar").max = total || 1;
  $("progress-bar").value = done;
  $("trial-today").hidden = !month;
  $("trial-month").textContent = month ? "Play it again" : "Play the sample month";
  $("trial-text").textContent = month && !playing
    ? `${done} of ${total} posts are read. Ask the bot about any of it: /figures, /deadlines, /search.`
    : "March 2026 in four invented channels, 159 posts, an edition every morning.";
}

// light and dark

const THEMES = { "": "as the system", light: "light", dark: "dark" };

function startTheme() {
  tellTheme(localStorage.getItem("theme") ?? "");
  $("theme").addEventListener("click", () => {
    const names = Object.keys(THEMES);
    const next = names[(names.indexOf(document.documentElement.dataset.theme ?? "") + 1) % names.length];
    localStorage.setItem("theme", next);
    tellTheme(next);
  });
}

function tellTheme(name) {
  document.documentElement.dataset.theme = name;
  $("theme").setAttribute("aria-label", `Colours: ${THEMES[name] ?? THEMES[""]}`);
  $("theme").title = `Colours: ${THEMES[name] ?? THEMES[""]}`;
}

// is the bot there?

let behind = 0;

async function tellPulse() {
  try {
    const { listening, pending_updates: pending } = await get("pulse");
    behind = pending ? behind + 1 : 0;
    $("silent").hidden = listening && behind < 3;
    $("silent").textContent = listening
      ? `Sitrep has not taken ${pending === 1 ? "an update" : `${pending} updates`} yet. It may be busy; the terminal that it runs in says what it does.`
      : "No bot is connected. What you publish and write waits for it. Start one with make run, or point yours at this sandbox.";
  } catch {
    $("silent").hidden = true;  // the other banner says that the sandbox itself is gone
  }
}
