// One message as a bubble: sender, quotation, photo or file, text, time, inline keyboard.

import { element, formatted, settleQuotes } from "./text.js";

const LONG = 1400;

/**
 * The node of a message. `on` says what to do: `command(text)`, `link(url) -> handled`, `press(message, button, node)`,
 * `edit(message)`, `read(message)`, `goto(messageId)`; those that are missing are not offered.
 */
export function bubble(message, { mine, on }) {
  const box = element("div");
  box.className = "bubble";
  const origin = message.forward_origin;
  if (origin) box.append(line("source", `Forwarded from ${origin.chat?.title ?? origin.sender_user_name ?? "somebody"}`));
  const answered = message.reply_to_message;
  if (answered) box.append(quotation(answered, on));
  if (message.photo) box.append(photo(message.photo.at(-1), message.caption));
  if (message.document) box.append(file(message.document));
  const text = message.text ?? message.caption ?? "";
  if (text) box.append(...body(text, message.entities ?? message.caption_entities, on));
  box.append(meta(message, on));
  const node = element("article", box);
  node.className = `message${mine ? " mine" : ""}`;
  node.dataset.id = message.message_id;
  node.setAttribute("aria-label", mine ? "You" : message.from?.first_name ?? message.chat.title);
  const keys = message.reply_markup?.inline_keyboard;
  if (keys?.length) {
    node.append(keyboard(message, keys, on));
    node.classList.add("wide");
  }
  return node;
}

/** What can only be done once the node is on the page. */
export function settle(node) {
  settleQuotes(node);
}

function body(text, entities, on) {
  const node = element("div", formatted(text, entities, on));
  node.className = "text";
  node.dir = "auto";
  if (!on.fold || text.length < LONG) return [node];
  node.classList.add("clipped");
  const toggle = element("button", "Read all");
  toggle.type = "button";
  toggle.className = "unfold";
  toggle.setAttribute("aria-expanded", "false");
  toggle.addEventListener("click", () => {
    const open = !node.classList.toggle("clipped");
    toggle.textContent = open ? "Show less" : "Read all";
    toggle.setAttribute("aria-expanded", String(open));
  });
  return [node, toggle];
}

function line(className, text) {
  const node = element("p", text);
  node.className = className;
  return node;
}

function quotation(answered, on) {
  const text = answered.text ?? answered.caption ?? "Photo or file";
  const node = element("button", text.slice(0, 160));
  node.type = "button";
  node.className = "reply";
  node.setAttribute("aria-label", `In answer to: ${text.slice(0, 160)}`);
  node.addEventListener("click", () => on.goto?.(answered.message_id));
  return node;
}

function photo(size, caption) {
  const node = element("img");
  node.className = "photo";
  node.src = `/sandbox/files/${encodeURIComponent(size.file_id)}`;
  node.width = size.width;
  node.height = size.height;
  node.alt = caption ? `Photo: ${caption.split("\n")[0].slice(0, 120)}` : "Photo";
  node.style.height = "auto";
  return node;
}

function file(document_) {
  const icon = element("span", "↓");
  icon.setAttribute("aria-hidden", "true");
  const size = document_.file_size < 1024 ? `${document_.file_size} bytes` : `${Math.round(document_.file_size / 1024)} KB`;
  const node = element("a", icon, element("span", element("b", document_.file_name ?? "file"), element("small", size)));
  node.className = "file";
  node.href = `/sandbox/files/${encodeURIComponent(document_.file_id)}`;
  node.download = document_.file_name ?? "file";
  return node;
}

function meta(message, on) {
  const node = element("div");
  node.className = "meta";
  const deeds = element("span");
  deeds.className = "deeds";
  if (on.read && (message.text || message.caption || message.document)) {
    deeds.append(deed("read", "How it was read", `How post ${message.message_id} was read`, () => on.read(message)));
  }
  if (on.edit && !message.photo && !message.document) {
    deeds.append(deed("edit", "Edit", `Edit post ${message.message_id}`, () => on.edit(message)));
  }
  if (deeds.childElementCount) node.append(deeds);
  if (message.edit_date) node.append("edited");
  const when = new Date(message.date * 1000);
  const time = element("time", when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
  time.dateTime = when.toISOString();
  time.title = when.toLocaleString([], { dateStyle: "full", timeStyle: "short" });
  node.append(time);
  return node;
}

function deed(className, text, label, act) {
  const node = element("button", text);
  node.type = "button";
  node.className = className;
  node.setAttribute("aria-label", label);
  node.addEventListener("click", act);
  return node;
}

function keyboard(message, rows, on) {
  const node = element("div");
  node.className = "keys";
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", "Buttons of this message");
  for (const row of rows) node.append(element("div", ...row.map((button) => key(message, button, on))));
  return node;
}

function key(message, button, on) {
  const opens = button.url && /^(https?|tg):/i.test(button.url);
  const node = element(opens ? "a" : "button", button.text);
  if (button.style) node.dataset.style = button.style;
  if (opens) {
    node.href = button.url;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    node.addEventListener("click", (event) => { if (on.link?.(button.url)) event.preventDefault(); });
    return node;
  }
  node.type = "button";
  if (button.copy_text) node.addEventListener("click", () => navigator.clipboard?.writeText(button.copy_text.text));
  else node.addEventListener("click", () => on.press?.(message, button, node));
  return node;
}
