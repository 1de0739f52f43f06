// Turns a message's text and entities into DOM nodes. Text goes in as text nodes only: no string ever becomes markup.

const SAFE = /^(https?|tg|mailto|tel):/i;
const WRAP = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
  mention: "span", hashtag: "span", cashtag: "span", email: "span", phone_number: "span", text_mention: "span",
};
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const RANK = ["blockquote", "expandable_blockquote", "pre", "text_link", "url", "spoiler"];

/** A text as it is shown: an override of direction, which would turn 2,500 into 005,2, is a sign that one sees. */
export function shown(text) {
  return text.replace(/[\u202d\u202e]/g, "⇄");
}

/** Text with entities (offsets in UTF-16 units, as JavaScript's own) as a fragment. */
export function formatted(text, entities, on) {
  const sorted = [...(entities ?? [])].sort((a, b) =>
    a.offset - b.offset || b.length - a.length || rank(a) - rank(b));
  return pieces(shown(text), 0, text.length, sorted, on);
}

function rank(entity) {
  const at = RANK.indexOf(entity.type);
  return at < 0 ? RANK.length : at;
}

function pieces(text, from, to, entities, on) {
  const out = document.createDocumentFragment();
  let at = from;
  while (entities.length) {
    const first = entities.shift();
    const begin = Math.max(first.offset, at);
    const end = Math.min(first.offset + first.length, to);
    if (end <= begin) continue;
    out.append(text.slice(at, begin));
    const inside = [];
    while (entities.length && entities[0].offset < end) inside.push(entities.shift());
    out.append(wrapped(text.slice(begin, end), first, pieces(text, begin, end, inside, on), on));
    at = end;
    if (BLOCKS.has(first.type) && at < to && text[at] === "\n") at += 1;
  }
  out.append(text.slice(at, to));
  return out;
}

function wrapped(raw, entity, content, on) {
  switch (entity.type) {
    case "text_link": return link(entity.url, content, on);
    case "url": return link(/^[a-z][a-z0-9+.-]*:/i.test(raw) ? raw : `https://${raw}`, content, on);
    case "bot_command": return command(raw, on);
    case "blockquote": return element("blockquote", content);
    case "expandable_blockquote": return expandable(content);
    case "spoiler": return spoiler(content);
    case "pre": return element("pre", element("code", content));
    case "date_time": return time(entity, content);
    default: {
      const node = element(WRAP[entity.type] ?? "span", content);
      node.dataset.entity = entity.type;
      return node;
    }
  }
}

export function element(tag, ...children) {
  const node = document.createElement(tag);
  node.append(...children.map((child) => (typeof child === "string" ? shown(child) : child)));
  return node;
}

function link(url, content, on) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url ?? "") ? url : `https://${url}`;
  if (!SAFE.test(full)) return element("span", content);
  const node = element("a", content);
  node.href = full;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  node.addEventListener("click", (event) => { if (on.link?.(full)) event.preventDefault(); });
  return node;
}

function command(raw, on) {
  if (!on.command) return element("span", raw);
  const node = element("button", raw);
  node.type = "button";
  node.className = "command";
  node.addEventListener("click", () => on.command(raw));
  return node;
}

function expandable(content) {
  const quote = element("blockquote", element("div", content));
  quote.className = "expandable";
  const toggle = element("button", "Show more");
  toggle.type = "button";
  toggle.className = "more";
  toggle.setAttribute("aria-expanded", "false");
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Show less" : "Show more";
  });
  quote.append(toggle);
  return quote;
}

/** Quotations that fit without being opened need no button. */
export function settleQuotes(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable:not(.open)")) {
    const inner = quote.firstElementChild;
    quote.lastElementChild.hidden = inner.clientHeight > 0 && inner.scrollHeight <= inner.clientHeight + 2;
  }
}

function spoiler(content) {
  const hidden = element("span", content);
  hidden.setAttribute("aria-hidden", "true");
  const node = element("span", hidden);
  node.className = "spoiler";
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", "Hidden text, press to show");
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.classList.add("shown");
    hidden.removeAttribute("aria-hidden");
    for (const name of ["role", "aria-label", "tabindex"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal, { once: true });
  node.addEventListener("keydown", reveal);
  return node;
}

function time(entity, content) {
  const node = element("time", content);
  const when = new Date(entity.unix_time * 1000);
  if (!Number.isNaN(when.valueOf())) {
    node.dateTime = when.toISOString();
    node.title = when.toLocaleString([], { dateStyle: "full", timeStyle: "short" });
  }
  return node;
}
