// A scrolling list of one chat's messages: adds, replaces and removes them, keeps its place, shows the days.

import { bubble, settle } from "./bubble.js";
import { element } from "./text.js";

export class Thread {
  constructor(root, { isMine, on, empty, now, onUnseen }) {
    this.root = root;
    this.isMine = isMine;
    this.on = { ...on, goto: (id) => this.goto(id) };
    this.empty = empty;
    this.now = now;
    this.onUnseen = onUnseen ?? (() => {});
    this.nodes = new Map();
    root.addEventListener("scroll", () => { if (this.atEnd()) this.onUnseen(false); });
  }

  show(messages) {
    this.nodes.clear();
    this.root.replaceChildren();
    for (const message of messages) this.put(message, { quiet: true });
    this.sayEmpty();
    this.toEnd();
  }

  put(message, { quiet = false } = {}) {
    const follow = quiet || this.atEnd();
    const mine = this.isMine(message);
    const node = bubble(message, { mine, on: this.on });
    const old = this.nodes.get(message.message_id);
    this.nodes.set(message.message_id, node);
    if (old) {
      if (old.querySelector("blockquote.open")) node.querySelector("blockquote.expandable .more")?.click();
      const focused = old.contains(document.activeElement) ? document.activeElement.textContent : null;
      old.replaceWith(node);
      if (focused) [...node.querySelectorAll("button, a")].find((it) => it.textContent === focused)?.focus();
    } else {
      this.root.querySelector(".empty")?.remove();
      this.day(message.date);
      this.root.append(node);
    }
    settle(node);
    if (quiet) return;
    if (follow || mine) this.toEnd(node);
    else if (!old) this.onUnseen(true);
  }

  remove(id) {
    this.nodes.get(id)?.remove();
    this.nodes.delete(id);
    this.sayEmpty();
  }

  day(seconds) {
    const date = new Date(seconds * 1000);
    const key = date.toDateString();
    const last = [...this.root.querySelectorAll(".day")].at(-1);
    if (last?.dataset.day === key) return;
    const now = this.now();
    const sameYear = date.getFullYear() === now.getFullYear();
    const words = key === now.toDateString() ? "Today"
      : date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: sameYear ? undefined : "numeric" });
    const node = element("p", words);
    node.className = "day";
    node.dataset.day = key;
    this.root.append(node);
  }

  sayEmpty() {
    if (this.nodes.size || !this.empty) return;
    const { title, text } = this.empty();
    const node = element("p", element("strong", title), text);
    node.className = "empty";
    this.root.replaceChildren(node);
  }

  goto(id) {
    const node = this.nodes.get(id);
    if (!node) return false;
    node.scrollIntoView({ block: "center", behavior: "auto" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
    return true;
  }

  atEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 60;
  }

  /** To the end; but a new message taller than the window is shown from its beginning. */
  toEnd(node) {
    this.root.scrollTop = this.root.scrollHeight;
    if (node && node.offsetHeight > this.root.clientHeight) node.scrollIntoView({ block: "start" });
    this.onUnseen(false);
  }
}
