// The sandbox's page: a channel on the left, a reader's chat with the bot on the right, both kept up to date.

import { element } from "./text.js";
import { settle } from "./bubble.js";
import { Thread } from "./thread.js";

const $ = (id) => document.getElementById(id);
const api = "/sandbox/api/";
const world = { seq: 0, bot: null, users: [], chats: [], reader: null, channel: null, pressed: new Map(), unread: new Map() };
let editing = null;

async function get(path, query = {}) {
  const answer = await fetch(`${api}${path}?${new URLSearchParams(query)}`);
  return result(await answer.json());
}

async function act(action, args) {
  const answer = await fetch(api + action, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(args),
  });
  return result(await answer.json());
}

function result(body) {
  if (!body.ok) throw new Error(body.description);
  return body.result;
}

/** Do it, or say in the page why not. */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(error instanceof TypeError ? "The sandbox does not answer." : error.message);
    return null;
  }
}

let toastTimer = 0;
function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 4000);
}

// the two threads

function openLink(url) {
  const found = /^https:\/\/t\.me\/(?:c\/(\d+)|([A-Za-z]\w+))\/(\d+)/.exec(url);
  if (!found) return false;
  const [, internal, username, post] = found;
  const chat = world.chats.find((it) => internal ? it.id === Number(`-100${internal}`) || it.id === -Number(internal)
    : it.username?.toLowerCase() === username.toLowerCase());
  if (!chat) return false;
  (async () => {
    if (chat.id !== world.channel?.id) await showChannel(chat);
    showTab("channel");
    if (!channelThread.goto(Number(post))) toast("That post is not there.");
  })();
  return true;
}

const channelThread = new Thread($("channel-thread"), {
  isMine: () => false,
  on: { link: openLink, edit: beginEdit, fold: true },
  empty: () => ({ title: "Nothing published yet", text: "Paste an article below and publish it. The bot reads what appears here." }),
});

const chatThread = new Thread($("chat-thread"), {
  isMine: (message) => message.from?.id === world.reader?.id,
  on: { link: openLink, command: (text) => say(text), press },
  empty: () => ({ title: `What can ${world.bot.first_name} do?`, text: world.bot.description || "Press Start to begin. The bot answers here." }),
  onUnseen: (unseen) => {
    $("chat-jump").hidden = !unseen;
    $("tab-news").hidden = !unseen || $("tab-chat").getAttribute("aria-selected") === "true";
  },
});
$("chat-jump").addEventListener("click", () => chatThread.toEnd());

async function showChannel(chat) {
  world.channel = chat;
  world.unread.delete(chat.id);
  const { messages } = await get("messages", { chat: chat.id });
  $("channel-title").textContent = chat.title;
  $("channel-avatar").textContent = initials(chat.title);
  $("channel-about").textContent = chat.username ? `channel · @${chat.username}` : "private channel";
  tellPeople();
  channelThread.show(messages);
}

async function showReader(user) {
  world.reader = user;
  world.unread.delete(user.id);
  const { messages } = await get("messages", { chat: user.id });
  tellPeople();
  chatThread.show(messages);
  tellStart();
}

function tellStart() {
  const fresh = chatThread.nodes.size === 0;
  $("start-bar").hidden = !fresh;
  $("say-form").hidden = fresh;
}

function initials(name) {
  return name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

function fill(select, items, label) {
  select.replaceChildren(...items.map((item) => {
    const option = element("option", label(item));
    option.value = String(item.id);
    return option;
  }));
}

function unread({ id }) {
  return world.unread.has(id) ? ` (${world.unread.get(id)} new)` : "";
}

function tellPeople() {
  const channels = world.chats.filter((chat) => chat.type === "channel");
  fill($("channel-select"), channels, (chat) => chat.title + unread(chat));
  $("channel-pick").hidden = channels.length < 2;
  fill($("reader-select"), world.users, (user) => user.first_name + (user.blocked ? " (blocked the bot)" : "") + unread(user));
  if (world.channel) $("channel-select").value = String(world.channel.id);
  if (world.reader) $("reader-select").value = String(world.reader.id);
  $("chat-title").textContent = world.bot.first_name;
  $("chat-avatar").textContent = initials(world.bot.first_name);
  tellMenu();
}

$("channel-select").addEventListener("change", (event) =>
  attempt(() => showChannel(world.chats.find((chat) => chat.id === Number(event.target.value)))));
$("reader-select").addEventListener("change", (event) =>
  attempt(() => showReader(world.users.find((user) => user.id === Number(event.target.value)))));
$("reader-add").addEventListener("click", () => { $("reader-name").value = ""; $("reader-dialog").showModal(); });
$("reader-name").addEventListener("keydown", (event) => {
  if (event.key === "Enter") { event.preventDefault(); $("reader-dialog").close("add"); }
});
$("reader-dialog").addEventListener("close", (event) => {
  const name = $("reader-name").value.trim();
  if (event.target.returnValue !== "add" || !name) return;
  attempt(async () => {
    const user = await act("add_user", { name });
    world.users.push(user);
    tellPeople();
    await showReader(user);
  });
});

// what happens elsewhere

async function load() {
  const state = await get("state");
  Object.assign(world, { bot: state.bot, users: state.users, chats: state.chats, seq: state.seq });
  tellPeople();
  tellClock(state.now);
  $("clock").hidden = !state.can_advance;
  const channel = world.chats.find((chat) => chat.id === world.channel?.id) ?? world.chats.find((chat) => chat.type === "channel");
  const reader = world.users.find((user) => user.id === world.reader?.id) ?? world.users[0];
  if (channel) await showChannel(channel);
  if (reader) await showReader(reader);
}

async function follow() {
  let fresh = true;
  for (;;) {
    try {
      if (fresh) await load();
      fresh = false;
      $("offline").hidden = true;
      const news = await get("changes", { since: world.seq, timeout: 25 });
      world.seq = news.seq;
      fresh = news.reset;
      for (const change of news.changes) apply(change);
    } catch {
      $("offline").hidden = false;
      fresh = true;
      await new Promise((resolve) => { setTimeout(resolve, 1500); });
    }
  }
}

function apply({ kind, chat_id: chatId, data }) {
  const thread = chatId === world.channel?.id ? channelThread : chatId === world.reader?.id ? chatThread : null;
  if (kind === "message") {
    if (thread) thread.put(data);
    else if (!data.edit_date) {
      world.unread.set(chatId, (world.unread.get(chatId) ?? 0) + 1);
      tellPeople();
    }
    if (thread === chatThread) {
      if (data.from?.is_bot) typing(false);
      tellStart();
    }
  } else if (kind === "deleted") thread?.remove(data.message_id);
  else if (kind === "typing" && thread === chatThread) typing(true);
  else if (kind === "answer") answered(data);
  else if (kind === "clock") tellClock(data.now);
  else if (kind === "commands") { world.bot.commands = data.commands; tellMenu(); }
  else if (kind === "bot") { Object.assign(world.bot, data); chatThread.sayEmpty(); }
  else if (kind === "chat") attempt(refreshPeople);
}

async function refreshPeople() {
  const state = await get("state");
  Object.assign(world, { users: state.users, chats: state.chats });
  tellPeople();
}

let typingTimer = 0;
function typing(on) {
  clearTimeout(typingTimer);
  $("chat-about").textContent = on ? "typing…" : "bot";
  $("chat-about").classList.toggle("typing", on);
  if (on) typingTimer = setTimeout(() => typing(false), 5000);
}

// the clock, where it can be wound forward

let ahead = 0;
function tellClock(now) {
  if (now) ahead = Date.parse(now) - Date.now();
  const time = new Date(Date.now() + ahead);
  $("clock-time").dateTime = time.toISOString();
  $("clock-time").textContent = time.toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
setInterval(tellClock, 10_000);
$("clock-hour").addEventListener("click", () => attempt(() => act("advance", { hours: 1 })));
$("clock-morning").addEventListener("click", () => {
  const morning = new Date(Date.now() + ahead);
  if (morning.getHours() >= 8) morning.setDate(morning.getDate() + 1);
  morning.setHours(8, 0, 0, 0);
  attempt(() => act("advance", { to: morning.toISOString() }));
});

// the reader

function say(text) {
  return attempt(() => act("say", { user: world.reader.id, text }));
}

async function press(message, button, node) {
  node.classList.add("busy");
  const done = await attempt(() => act("press", { user: world.reader.id, message_id: message.message_id, button: button.callback_data }));
  if (!done) node.classList.remove("busy");
  else world.pressed.set(done.query_id, node);
  setTimeout(() => node.classList.remove("busy"), 8000);
}

function answered(answer) {
  world.pressed.get(answer.query_id)?.classList.remove("busy");
  world.pressed.delete(answer.query_id);
  if (answer.user_id !== world.reader?.id || !answer.text) return;
  if (answer.alert) {
    $("alert-text").textContent = answer.text;
    $("alert").showModal();
  } else toast(answer.text);
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

$("say").addEventListener("input", (event) => grow(event.target));
$("say").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("say-form").requestSubmit();
  }
});
$("say-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("say").value;
  if (!text.trim()) return;
  $("say").value = "";
  grow($("say"));
  toggleMenu(false);
  if (!await say(text)) $("say").value = text;
});
$("start").addEventListener("click", async () => { if (await say("/start")) $("say").focus(); });

function tellMenu() {
  const commands = world.bot.commands ?? [];
  $("menu-toggle").hidden = commands.length === 0;
  $("menu-list").replaceChildren(...commands.map(({ command, description }) => {
    const button = element("button", element("b", `/${command}`), element("span", description));
    button.type = "button";
    button.addEventListener("click", () => { toggleMenu(false); say(`/${command}`); $("say").focus(); });
    return element("li", button);
  }));
}

function toggleMenu(open) {
  $("menu").hidden = !open;
  $("menu-toggle").setAttribute("aria-expanded", String(open));
  if (open) $("menu-list").querySelector("button")?.focus();
}
$("menu-toggle").addEventListener("click", () => toggleMenu($("menu").hidden));
document.addEventListener("click", (event) => {
  if (!$("menu").hidden && !event.target.closest("#menu, #menu-toggle")) toggleMenu(false);
});
$("menu").addEventListener("keydown", (event) => {
  const items = [...$("menu-list").querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Escape") { toggleMenu(false); $("menu-toggle").focus(); }
  else if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
  else if (event.key === "ArrowUp") items[(at - 1 + items.length) % items.length].focus();
  else return;
  event.preventDefault();
});

// the channel

function beginEdit(message) {
  editing = message;
  $("article").value = message.text ?? message.caption ?? "";
  tellEditing();
  $("article").focus();
}

function tellEditing() {
  $("editing").hidden = !editing;
  $("article-send").textContent = editing ? "Save" : "Publish";
  $("article-date-label").hidden = Boolean(editing);
}

$("editing-cancel").addEventListener("click", () => { editing = null; $("article").value = ""; tellEditing(); });
$("article").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("article-form").requestSubmit();
});
$("article-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("article").value;
  if (!text.trim() || !world.channel) return;
  $("article-send").disabled = true;
  const day = $("article-date").value;
  const done = await attempt(() => editing
    ? act("edit_post", { channel: world.channel.id, message_id: editing.message_id, text })
    : act("post", { channel: world.channel.id, text, date: day ? `${day}T12:00:00+00:00` : null }));
  $("article-send").disabled = false;
  if (!done) return;
  $("article").value = "";
  editing = null;
  tellEditing();
  channelThread.toEnd();
});

// one pane at a time where the window is narrow

function showTab(name) {
  document.querySelector("main").dataset.tab = name;
  for (const tab of ["channel", "chat"]) {
    $(`tab-${tab}`).setAttribute("aria-selected", String(tab === name));
    $(`tab-${tab}`).tabIndex = tab === name ? 0 : -1;
  }
  const shown = name === "chat" ? chatThread : channelThread;
  settle(shown.root);
  shown.toEnd();
}
for (const name of ["channel", "chat"]) {
  $(`tab-${name}`).addEventListener("click", () => showTab(name));
  $(`tab-${name}`).addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = name === "chat" ? "channel" : "chat";
    showTab(other);
    $(`tab-${other}`).focus();
  });
}

follow();
