// How a post was read: the article with what was found marked where it stands, what was filed, and why.

import { $, get } from "./talk.js";
import { element, shown } from "./text.js";

const AGAIN_MS = 2000;
const KINDS = { summary: "Summary", figure: "Figures", deadline: "Dates" };
const NOT_READ = {
  waiting: ["Being read …", "The article is queued, or the models are at it. This view fills in by itself."],
  unknown: ["Not with the bot yet", "The bot has not taken this post, or does not read this channel. This view fills in by itself if it does."],
  nothing: ["Nothing to read", "The post holds no text that could be an article."],
  unread: ["Nothing could be read", "The post has no article of its own, and its file or page gave none"],
  failed: ["It could not be read", "The models failed on it three times; /admin parked shows the reason to operators."],
};

const REASONS = {
  file_too_large: "it is larger than 20 MB",
  page_pdf_locked: "it asks for a password",
  page_pdf_scan: "it holds pictures of text",
  page_unreadable: "it holds no article, or is damaged",
};

/** `link(url)` opens a link of the sandbox's own, `closed()` is called when the view was left. */
export class ReadingView {
  constructor({ link, closed }) {
    this.link = link;
    this.closed = closed;
    this.shown = null;
    this.told = null;
    this.timer = 0;
    this.hidden = new Set();
    $("reading-close").addEventListener("click", () => this.close());
    $("reading").addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    $("legend").append(...Object.entries(KINDS).map(([kind, name]) => this.toggle(kind, name)));
  }

  toggle(kind, name) {
    const button = element("button", name);
    button.type = "button";
    button.className = `mark-${kind}`;
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      const off = !this.hidden.delete(kind);
      if (off) this.hidden.add(kind);
      button.setAttribute("aria-pressed", String(!off));
      $("reading-body").classList.toggle(`no-${kind}`, off);
    });
    return button;
  }

  get open() { return this.shown; }

  async show(chat, messageId) {
    this.shown = { chat: chat.id, message: messageId };
    this.told = null;
    $("reading-about").textContent = `${chat.title}, post ${messageId}`;
    $("reading-body").replaceChildren();
    $("reading").hidden = false;
    await this.look();
    if (this.shown) $("reading-title").focus();
  }

  close() {
    if (!this.shown) return;
    const { message } = this.shown;
    this.shown = null;
    clearTimeout(this.timer);
    $("reading").hidden = true;
    this.closed(message);
  }

  /** Ask how it was read, and go on asking: it is read in a moment, edited, or joined by a newer value of its figures. */
  async look() {
    clearTimeout(this.timer);
    const asked = this.shown;
    const found = await get("reading", asked).catch(() => null);  // the page says elsewhere that the sandbox is gone
    if (asked !== this.shown) return;
    const told = JSON.stringify(found);
    if (found && told !== this.told) {
      const { scrollTop } = $("reading-body");
      this.tell(found);
      $("reading-body").scrollTop = scrollTop;
      this.told = told;
    }
    this.timer = setTimeout(() => this.look(), AGAIN_MS);
  }

  tell(found) {
    $("legend").hidden = found.state !== "read";
    if (found.state === "read") {
      $("reading-body").replaceChildren(...sheet(found, this.link));
      return;
    }
    const [title, text] = NOT_READ[found.state];
    const node = element("p", element("strong", title), found.reason ? `${text}: ${REASONS[found.reason] ?? found.reason}.` : text);
    node.className = "empty";
    $("reading-body").replaceChildren(node);
  }
}

function sheet(found, link) {
  return [
    article(found),
    card("Filed", filed(found, link)),
    card("Key figures", list(found.figures, (figure, at) => figureItem(figure, at, link)), "No figures were found in it."),
    card("Deadlines and dates", list(found.deadlines, deadlineItem), "No dates that matter were found in it."),
    note(found),
  ];
}

function card(title, content, otherwise) {
  const node = element("section", element("h3", title), content ?? classed("none", element("p", otherwise)));
  node.className = "card";
  return node;
}

function classed(name, node) {
  node.className = name;
  return node;
}

// the article

function article(found) {
  const node = element("article");
  node.className = "text-read";
  node.dir = "auto";
  node.lang = found.language;
  const head = element("h3", found.title ?? found.headline);
  head.dir = "auto";
  node.append(head);
  const letters = [...shown(found.text)];  // spans are code points
  const spans = allSpans(found);
  let at = 0;
  for (const piece of found.text.split(/(\n{2,})/)) {
    const length = [...piece].length;
    if (piece.trim()) {
      const paragraph = element("p", ...marked(letters, at, at + length, spans));
      paragraph.dir = "auto";
      node.append(paragraph);
    }
    at += length;
  }
  return node;
}

function allSpans({ summary, figures, deadlines }) {
  const of = (kind) => (item, at) => ({ kind, at, start: item.span[0], end: item.span[1] });
  return [
    ...summary.flatMap((piece) => piece.spans.map(([start, end]) => ({ kind: "summary", start, end }))),
    ...figures.map(of("figure")),
    ...deadlines.map(of("deadline")),
  ];
}

/** The text between two code points as nodes: each stretch with all that covers it, figures and dates as links. */
function marked(letters, from, to, spans) {
  const inside = spans.filter(({ start, end }) => start < to && end > from);
  const cuts = [...new Set([from, to, ...inside.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= from && at <= to).sort((a, b) => a - b);
  return cuts.slice(1).map((end, number) => stretch(letters.slice(cuts[number], end).join(""),
    inside.filter((span) => span.start <= cuts[number] && span.end >= end)));
}

function stretch(text, covering) {
  const facts = covering.filter(({ kind }) => kind !== "summary");
  const summary = covering.length > facts.length;
  if (!covering.length) return document.createTextNode(text);
  if (!facts.length) return classed("mark-summary", element("mark", text));
  const [{ kind, at }] = facts;
  const node = element("a", text);
  node.className = [...facts.map((fact) => `mark-${fact.kind}`), ...(summary ? ["mark-summary"] : [])].join(" ");
  node.href = `#${kind}-${at}`;
  node.dataset.for = `${kind}-${at}`;
  node.setAttribute("aria-describedby", `${kind}-${at}-text`);
  node.addEventListener("click", (event) => { event.preventDefault(); point($(`${kind}-${at}`)); });
  return node;
}

/** Bring something in the view into sight, and show which it is. */
function point(node) {
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  node.classList.remove("flash");
  requestAnimationFrame(() => node.classList.add("flash"));
}

// what was found

function list(items, node) {
  return items.length ? element("ol", ...items.map(node)) : null;
}

function fact(kind, at, text, sentence) {
  const line = classed("fact", element("p", text));
  line.id = `${kind}-${at}-text`;
  line.dir = "auto";
  const where = classed("where", element("button", "Show in the text"));
  where.type = "button";
  where.setAttribute("aria-label", `Show in the text: ${text}`);
  where.addEventListener("click", () => point($("reading-body").querySelector(`[data-for="${kind}-${at}"]`)));
  const quote = element("blockquote", sentence);
  quote.dir = "auto";
  const item = classed(`item item-${kind}`, element("li", line, quote, where));
  item.id = `${kind}-${at}`;
  item.tabIndex = -1;
  return item;
}

function figureItem(figure, at, link) {
  const item = fact("figure", at, figure.text, figure.sentence);
  if (figure.series) item.append(series(figure.series, link));
  return item;
}

function deadlineItem(deadline, at) {
  return fact("deadline", at, deadline.text, deadline.sentence);
}

function series({ title, relation, conflicts, entries, earlier }, link) {
  const rows = entries.map((entry) => row(entry, link));
  const table = element("table", element("caption", `Over time: ${title}`), element("tbody", ...rows));
  const node = element("details", element("summary", relation), table);
  if (earlier) node.append(element("p", `${earlier} earlier`));
  if (conflicts.length) {
    node.append(element("p", "Sources disagree:"), element("table", element("tbody", ...conflicts.map((entry) => row(entry, link)))));
    node.open = true;
  }
  if (entries.length > 1) node.open = true;
  return node;
}

function row({ value, when, outlet, link: address }, link) {
  return element("tr", element("td", value), element("td", when), element("td", source(outlet, address, link)));
}

function source(name, address, link) {
  if (!/^https?:/i.test(address ?? "")) return element("bdi", name);
  const node = element("a", element("bdi", name || address));
  node.href = address;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  node.addEventListener("click", (event) => { if (link(address)) event.preventDefault(); });
  return node;
}

// where it was filed

function filed({ topics, story, why }, link) {
  const node = element("dl");
  const add = (name, ...content) => node.append(element("dt", name), element("dd", ...content));
  if (topics.length) add("Topics", ...topics.map(topic));
  if (story) {
    add("Story", source(story.headline, story.link, link), ` since ${story.opened}`);
    if (story.follows) add("Follows", source(story.follows.headline, story.follows.link, link), ` of ${story.follows.opened}`);
  }
  if (why.length) add("Why", element("ul", ...why.map((reason) => element("li", reason))));
  return node;
}

function topic({ name, confidence }) {
  return classed("topic", element("span", name, element("small", ` ${Math.round(confidence * 100)}%`)));
}

function note({ reference, dated_by: by, language, model, page }) {
  const parts = [`Its dates are counted from ${reference}, ${by}.`, `Language: ${language}.`, `Read by ${model}.`];
  if (page) parts.unshift(`With the page it links to: ${page}`);
  return classed("note", element("p", parts.join(" ")));
}
