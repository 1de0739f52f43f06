// The list of chats: channels and readers, each with its last message, its time, and how much is new.

import { $ } from "./talk.js";
import { element } from "./text.js";

const HUES = 6;

export function initials(name) {
  return name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

export function avatar(node, name, id) {
  node.textContent = initials(name);
  node.dataset.hue = String(Math.abs(id) % HUES);
  return node;
}

/** Show channels and readers; `chosen(item)` says which are open, `choose(item)` opens one. */
export function tellLists(world, { chosen, choose, now }) {
  const channels = world.chats.filter((chat) => chat.type === "channel");
  put($("channel-list"), channels, (chat) => chat.title);
  put($("reader-list"), world.users, (user) => user.first_name);

  function put(list, items, name) {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    list.replaceChildren(...items.map((item) => element("li", row(item, name(item)))));
    if (focused) list.querySelector(`[data-id="${focused}"]`)?.focus();
  }

  function row(item, name) {
    const fresh = world.unread.get(item.id) ?? 0;
    const text = element("span", element("b", bidi(name)), element("small", bidi(preview(item))));
    text.className = "what";
    const side = element("span", element("time", item.last ? shortTime(item.last.date, now()) : ""));
    side.className = "side";
    if (fresh) side.append(badge(fresh));
    const button = element("button", avatar(round(), name, item.id), text, side);
    button.type = "button";
    button.dataset.id = String(item.id);
    if (chosen(item)) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => choose(item));
    return button;
  }
}

function round() {
  const node = element("span");
  node.className = "avatar";
  node.setAttribute("aria-hidden", "true");
  return node;
}

function badge(fresh) {
  const unseen = element("span", " new");
  unseen.className = "unseen";
  const node = element("span", String(fresh), unseen);
  node.className = "badge";
  return node;
}

function bidi(text) {
  return element("bdi", text);
}

function preview(item) {
  if (item.blocked) return "blocked the bot";
  const last = item.last;
  if (!last) return item.type === "channel" ? "No posts yet" : "Has not met the bot yet";
  const text = last.text ?? last.caption ?? (last.document ? last.document.file_name : "Photo");
  return text.slice(0, 90).replace(/\s+/g, " ");
}

function shortTime(seconds, now) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === now.toDateString()) {
    return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}
