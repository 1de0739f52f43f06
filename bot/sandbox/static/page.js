// The sandbox's page: chats on the left, a channel, a reader's chat with the bot on the right, all kept up to date.

import { settle } from "./bubble.js";
import { avatar, tellLists } from "./lists.js";
import { Menu } from "./menu.js";
import { Composer } from "./post.js";
import { ReadingView } from "./reading.js";
import { $, act, attempt, get, grow, memory, toast } from "./talk.js";
import { element, shown } from "./text.js";
import { Thread } from "./thread.js";
import { sandboxNow, startTrial, tellClock, tellProgramme } from "./trial.js";

const TABS = ["chats", "channel", "chat"];
const ANSWER_MS = 15_000;
const world = { seq: 0, bot: null, users: [], chats: [], reader: null, channel: null, pressed: new Map(), unread: new Map(), readable: false };

// the two threads

function openLink(url) {
  const found = /^https:\/\/t\.me\/(?:c\/(\d+)|([A-Za-z]\w+))\/(\d+)/.exec(url);
  if (!found) return false;
  const [, internal, username, post] = found;
  const chat = world.chats.find((it) => internal ? it.id === Number(`-100${internal}`) || it.id === -Number(internal)
    : it.username?.toLowerCase() === username.toLowerCase());
  if (!chat) return false;
  attempt(async () => {
    reading.close();
    if (chat.id !== world.channel?.id) await showChannel(chat);
    showTab("channel");
    if (!channelThread.goto(Number(post))) toast("That post is not there.");
  });
  return true;
}

const composer = new Composer({ channel: () => world.channel, done: () => { reading.close(); channelThread.toEnd(); } });

const channelThread = new Thread($("channel-thread"), {
  isMine: () => false,
  now: sandboxNow,
  on: { link: openLink, edit: (message) => composer.edit(message), read: (message) => readingOf(message.message_id), fold: true },
  empty: () => ({ title: "Nothing published yet", text: "Paste an article or a link below and publish it, or drop a file here. The bot reads what appears in this channel." }),
});

const chatThread = new Thread($("chat-thread"), {
  isMine: (message) => message.from?.id === world.reader?.id,
  now: sandboxNow,
  on: { link: openLink, command: (text) => say(text), press },
  empty: () => ({ title: `What can ${world.bot.first_name} do?`, text: world.bot.description || "Press Start to begin. The bot answers here." }),
  onUnseen: (unseen) => {
    $("chat-jump").hidden = !unseen;
    $("tab-news").hidden = !unseen || $("tab-chat").getAttribute("aria-selected") === "true";
  },
});
$("chat-jump").addEventListener("click", () => chatThread.toEnd());

const reading = new ReadingView({
  link: openLink,
  closed: (message) => {
    keepOpen();
    channelThread.root.querySelector(`[data-id="${message}"] .read`)?.focus();
  },
});

function readingOf(messageId) {
  return attempt(async () => {
    showTab("channel");
    await reading.show(world.channel, messageId);
    keepOpen();
  });
}

const asked = { channel: 0, reader: 0 };

async function showChannel(chat) {
  const turn = ++asked.channel;
  const { messages } = await get("messages", { chat: chat.id });
  if (turn !== asked.channel) return;  // another one was asked for meanwhile
  world.channel = chat;
  world.unread.delete(chat.id);
  avatar($("channel-avatar"), chat.title, chat.id);
  $("channel-title").textContent = shown(chat.title);
  $("channel-about").textContent = chat.username ? `channel · @${chat.username}` : "private channel";
  composer.open(messages);
  $("channel").inert = false;  // until now, its draft would have taken the place of what somebody writes
  channelThread.show(messages);
  tellPeople();
  keepOpen();
}

async function showReader(user) {
  const turn = ++asked.reader;
  const { messages } = await get("messages", { chat: user.id });
  if (turn !== asked.reader) return;
  world.reader = user;
  world.unread.delete(user.id);
  awaited(false);
  typing(false);
  $("say").value = memory.get(draft(user.id)) ?? "";
  grow($("say"));
  $("chat").inert = false;
  chatThread.show(messages);
  tellPeople();
  tellStart();
  keepOpen();
}

function draft(reader) { return `say-${reader}`; }

function tellStart() {
  const fresh = chatThread.nodes.size === 0;
  $("start-bar").hidden = !fresh;
  $("say-form").hidden = fresh;
  $("start-hint").textContent = `${world.reader?.first_name ?? "The reader"} has not met the bot yet. Press Start: a bot may not write first.`;
}

function tellPeople() {
  tellLists(world, {
    now: sandboxNow,
    chosen: (item) => item.id === world.channel?.id || item.id === world.reader?.id,
    choose: (item) => attempt(async () => {
      if (item.type === "channel") {
        reading.close();
        await showChannel(item);
        showTab("channel");
      } else {
        await showReader(item);
        showTab("chat");
      }
    }),
  });
  $("reader-select").replaceChildren(...world.users.map((user) => {
    const fresh = world.unread.get(user.id);
    const option = element("option", user.first_name + (user.blocked ? " (blocked the bot)" : "") + (fresh ? ` (${fresh} new)` : ""));
    option.value = String(user.id);
    return option;
  }));
  if (world.reader) $("reader-select").value = String(world.reader.id);
  $("chat-title").textContent = world.bot.first_name;
  avatar($("chat-avatar"), world.bot.first_name, 0);
  menu.tell();
}

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
    await showReader(user);
    showTab("chat");
    $("start").focus();
  });
});

// what was open is open again after a reload

function keepOpen() {
  memory.set("open", { channel: world.channel?.id, reader: world.reader?.id, tab: document.querySelector("main").dataset.tab, reading: reading.open });
}

async function load() {
  const state = await get("state");
  const open = memory.get("open") ?? {};
  Object.assign(world, { bot: state.bot, users: state.users, chats: state.chats, seq: state.seq, readable: Boolean(state.programme) });
  channelThread.on.read = world.readable ? (message) => readingOf(message.message_id) : undefined;
  tellClock(state.now);
  tellProgramme(state.programme);
  $("clock").hidden = !state.can_advance;
  const channel = world.chats.find((chat) => chat.id === open.channel) ?? world.chats.find((chat) => chat.type === "channel");
  const reader = world.users.find((user) => user.id === open.reader) ?? world.users[0];
  reading.close();  // before anything can be pressed: what somebody opens while the rest comes in stays open
  if (open.tab) showTab(open.tab);
  if (channel) await showChannel(channel);
  if (reader) await showReader(reader);
  if (!reading.open && open.reading && open.reading.chat === channel?.id) await readingOf(open.reading.message);
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
  if (kind === "message") arrived(thread, chatId, data);
  else if (kind === "deleted") thread?.remove(data.message_id);
  else if (kind === "typing" && thread === chatThread) typing(true);
  else if (kind === "draft" && thread === chatThread) typing(true, data.text);
  else if (kind === "answer") answered(data);
  else if (kind === "clock") tellClock(data.now);
  else if (kind === "programme") tellProgramme(data);
  else if (kind === "bot") { Object.assign(world.bot, data); chatThread.sayEmpty(); }
  else if (kind === "chat" || kind === "commands") attempt(refreshPeople);
}

function arrived(thread, chatId, message) {
  const chat = world.chats.find((it) => it.id === chatId) ?? world.users.find((it) => it.id === chatId);
  if (chat && (chat.last?.message_id ?? 0) <= message.message_id) chat.last = message;
  if (thread) thread.put(message);
  else if (!message.edit_date) world.unread.set(chatId, (world.unread.get(chatId) ?? 0) + 1);
  if (thread === channelThread && reading.open?.message === message.message_id) attempt(() => reading.look());
  if (thread === chatThread) {
    if (message.from?.is_bot) { typing(false); awaited(false); }
    tellStart();
  }
  tellPeople();
}

async function refreshPeople() {
  const { users, chats, bot } = await get("state");
  Object.assign(world, { users, chats, bot });
  tellPeople();
}

let typingTimer = 0;
function typing(on, said) {
  clearTimeout(typingTimer);
  $("chat-about").textContent = on ? said || "typing…" : "bot";
  $("chat-about").classList.toggle("typing", on);
  if (on) typingTimer = setTimeout(() => typing(false), 5000);
}

let answerTimer = 0;
/** An answer is awaited, or came; one that does not come is told. */
function awaited(on) {
  clearTimeout(answerTimer);
  $("unanswered").hidden = true;
  if (!on) return;
  answerTimer = setTimeout(() => {
    $("unanswered").textContent = `${world.bot.first_name} has not answered yet. The terminal that it runs in says what it does.`;
    $("unanswered").hidden = false;
  }, ANSWER_MS);
}

// the reader

const menu = new Menu({
  commands: () => world.users.find((user) => user.id === world.reader?.id)?.commands ?? world.bot?.commands ?? [],
  say,
});

async function say(text) {
  const said = await attempt(() => act("say", { user: world.reader.id, text }));
  if (said) awaited(true);
  return said;
}

async function press(message, button, node) {
  node.classList.add("busy");
  const done = await attempt(() => act("press", { user: world.reader.id, message_id: message.message_id, button: button.callback_data }));
  if (!done) node.classList.remove("busy");
  else {
    awaited(true);
    world.pressed.set(done.query_id, node);
  }
  setTimeout(() => node.classList.remove("busy"), 8000);
}

function answered(answer) {
  world.pressed.get(answer.query_id)?.classList.remove("busy");
  world.pressed.delete(answer.query_id);
  if (answer.user_id !== world.reader?.id) return;
  awaited(false);
  if (!answer.text) return;
  if (answer.alert) {
    $("alert-text").textContent = answer.text;
    $("alert").showModal();
  } else toast(answer.text);
}

$("say").addEventListener("input", (event) => { grow(event.target); memory.set(draft(world.reader.id), event.target.value); });
$("say").addEventListener("keydown", (event) => {
  if (menu.key(event)) return;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("say-form").requestSubmit();
  }
});
$("say-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("say").value;
  if (!text.trim()) return;
  const reader = world.reader.id;
  menu.close();
  write("");  // at once: what is written, or opened, while the message is on its way stays
  if (await say(text)) return;
  const whole = [text, memory.get(draft(reader))].filter(Boolean).join("\n");
  memory.set(draft(reader), whole);
  if (reader === world.reader.id) write(whole);
});

function write(text) {
  $("say").value = text;
  $("say").dispatchEvent(new Event("input"));
}
$("start").addEventListener("click", async () => { if (await say("/start")) { $("say-form").hidden = false; $("say").focus(); } });

// one pane at a time where the window is narrow

function showTab(name) {
  document.querySelector("main").dataset.tab = name;
  for (const tab of TABS) {
    $(`tab-${tab}`).setAttribute("aria-selected", String(tab === name));
    $(`tab-${tab}`).tabIndex = tab === name ? 0 : -1;
  }
  keepOpen();
  const shown = { chat: chatThread, channel: channelThread }[name];
  if (!shown || getComputedStyle($("tab-chat").parentElement).display === "none") return;
  settle(shown.root);
  shown.toEnd();
}
for (const [at, name] of TABS.entries()) {
  $(`tab-${name}`).addEventListener("click", () => showTab(name));
  $(`tab-${name}`).addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const other = TABS[(at + step + TABS.length) % TABS.length];
    showTab(other);
    $(`tab-${other}`).focus();
  });
}

startTrial();
follow();
