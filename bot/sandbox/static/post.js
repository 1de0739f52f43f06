// Publishing in a channel: by the form, by adding files, by dropping a text, a link or files on the pane.

import { $, act, attempt, grow, memory, reason, toast } from "./talk.js";

const LONGEST = 200_000;
const LONGEST_CAPTION = 1024;
const LARGEST_PHOTO = 8 * 2 ** 20;
const LARGEST_DOCUMENT = 20 * 2 ** 20;  // Telegram gives no bot a larger one
const PHOTOS = new Set(["image/png", "image/jpeg"]);
const DOCUMENTS = new Set(["pdf", "docx", "txt"]);
const TEXTS = new Set(["md", "markdown", "text"]);
const INSTEAD = {
  html: "Paste the address of the page instead, or save it as a PDF.",
  doc: "Save it as .docx or PDF.",
};
Object.assign(INSTEAD, { htm: INSTEAD.html, mhtml: INSTEAD.html, odt: INSTEAD.doc, rtf: INSTEAD.doc, pages: INSTEAD.doc });

/**
 * `channel()` gives the open channel, `done()` is called when something was published. What stands in the box is kept for its
 * channel, or for the post that is being corrected, at every key: the box is drawn from what is kept.
 */
export class Composer {
  constructor({ channel, done }) {
    this.channel = channel;
    this.done = done;
    this.edited = null;
    $("article").addEventListener("input", () => { this.keep(); this.fit(); });
    $("article").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("article-form").requestSubmit();
      else if (event.key === "Escape" && this.edited) this.leave();
    });
    $("article-form").addEventListener("submit", (event) => { event.preventDefault(); this.publish(); });
    $("editing-cancel").addEventListener("click", () => this.leave());
    $("article-file").addEventListener("change", async (event) => {
      await this.takeFiles([...event.target.files]);
      event.target.value = "";
    });
    this.offerDrop();
  }

  /** What was being written in the open channel: a correction, else an article. `posts` are those of a channel that was just opened. */
  open(posts) {
    const channel = this.channel().id;
    this.edited = memory.get(editing(channel));
    if (this.edited && posts && !posts.some((post) => post.message_id === this.edited.message_id && post.date === this.edited.date)) {
      return void this.forget(channel, this.edited);  // of a world that is no more
    }
    $("article").value = memory.get(draft(channel, this.edited)) ?? this.edited?.text ?? this.edited?.caption ?? "";
    $("editing").hidden = !this.edited;
    $("article-send").textContent = this.edited ? "Save" : "Publish";
    $("article-date-label").hidden = Boolean(this.edited);
    this.fit();
  }

  keep() {
    if (!this.channel()) return;
    memory.set(draft(this.channel().id, this.edited), $("article").value);
  }

  fit() {
    grow($("article"));
  }

  edit(message) {
    memory.set(editing(this.channel().id), message);
    this.open();
    $("article").focus();
  }

  leave() {
    this.forget(this.channel().id, this.edited);
    $("article").focus();
  }

  forget(channel, edited) {
    memory.set(draft(channel, edited), null);
    if (edited) memory.set(editing(channel), null);
    this.open();
  }

  async publish() {
    const text = $("article").value;
    if (!text.trim() || !this.channel()) {
      $("article").focus();
      return;
    }
    const channel = this.channel().id;
    const { edited } = this;
    this.forget(channel, edited);  // at once: what is written while it is on its way stays
    const sent = await attempt(() => edited
      ? act("edit_post", { channel, message_id: edited.message_id, text })
      : this.post(channel, { text }));
    if (sent) this.done();
    else this.comeBack(text, channel, edited);
  }

  /** What did not go comes back: an article before what was written since, a correction where no other was begun. */
  comeBack(text, channel, edited) {
    if (edited) {
      memory.set(draft(channel, edited), text);
      if (!memory.get(editing(channel))) memory.set(editing(channel), edited);
    } else {
      memory.set(draft(channel), [text, memory.get(draft(channel))].filter(Boolean).join("\n\n"));
    }
    if (channel === this.channel().id) this.open();
  }

  post(channel, what) {
    const day = $("article-date").value;
    return act("post", { channel, date: day ? `${day}T12:00:00+00:00` : null, ...what });
  }

  /** Publish each that can be, and say of all of them what became of it. */
  async takeFiles(files) {
    const said = [];
    for (const file of files) {
      try {
        await this.takeFile(file);
        said.push(`Published ${file.name}`);
      } catch (error) {
        said.push(reason(error));
      }
    }
    if (said.length) toast(said.join("\n"));
  }

  async takeFile(file) {
    const channel = this.channel()?.id;
    if (!channel) throw new Error(`${file.name} was not published: no channel is open.`);
    const ending = file.name.split(".").at(-1).toLowerCase();
    if (!file.size) throw new Error(`${file.name} is empty.`);
    if (PHOTOS.has(file.type)) {
      if (file.size > LARGEST_PHOTO) throw new Error(`${file.name} is larger than 8 MB.`);
      await this.captioned(channel, { photo: await base64(file) });
    } else if (DOCUMENTS.has(ending)) {
      if (file.size > LARGEST_DOCUMENT) throw new Error(`${file.name} is larger than 20 MB: Telegram gives a bot no larger file.`);
      await mustBe(ending, file);
      await this.captioned(channel, { document: await base64(file), file_name: file.name });
    } else if (TEXTS.has(ending)) {
      if (file.size > LONGEST) throw new Error(`${file.name} is longer than 200,000 bytes.`);
      await this.post(channel, { text: await words(file) });
    } else {
      throw new Error(`${file.name} cannot be published: the bot reads PDF, .docx, .txt and .md files. ${INSTEAD[ending] ?? ""}`.trim());
    }
    this.done();
  }

  /** Publish a file, with what stands in the box as its caption. */
  async captioned(channel, what) {
    const text = this.edited ? "" : $("article").value;
    if (text.length > LONGEST_CAPTION) throw new Error("The text in the box is longer than a caption may be (1,024 characters): publish it first.");
    if (text) this.forget(channel);
    try {
      await this.post(channel, { text, ...what });
    } catch (error) {
      if (text) this.comeBack(text, channel);
      throw error;
    }
  }

  offerDrop() {
    const pane = $("channel");
    const offer = (on) => { $("drop").hidden = !on; };
    const carries = (event) => [...event.dataTransfer.types].some((type) => ["Files", "text/plain", "text/uri-list"].includes(type));
    pane.addEventListener("dragover", (event) => {
      if (!carries(event) || !this.channel()) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      $("drop-where").textContent = `in ${this.channel().title}: a text, a link, a picture, a PDF, .docx, .txt or .md file`;
      offer(true);
    });
    pane.addEventListener("dragleave", (event) => { if (!pane.contains(event.relatedTarget)) offer(false); });
    pane.addEventListener("drop", async (event) => {
      if (!carries(event) || !this.channel()) return;
      event.preventDefault();
      offer(false);
      const { files } = event.dataTransfer;
      if (files.length) return void this.takeFiles([...files]);
      const text = event.dataTransfer.getData("text/uri-list").split("\n")[0].trim() || event.dataTransfer.getData("text/plain");
      if (text.trim() && await attempt(() => this.post(this.channel().id, { text }))) this.done();
    });
    // Beside the pane a browser would open what is dropped, and leave the page.
    for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => {
      if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
    });
  }
}

function editing(channel) { return `editing-${channel}`; }

function draft(channel, edited) { return edited ? `edit-${channel}-${edited.message_id}` : `article-${channel}`; }

/** The text of a file, or an error that says why it cannot be an article. */
async function words(file) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} is not UTF-8 text.`);
  }
  if (!text.trim()) throw new Error(`${file.name} is empty.`);
  return text;
}

const BEGINNINGS = { pdf: ["%PDF-", "PDF"], docx: ["PK", "Word document"] };

/** An error where a document is not what its name says, for the bot would say nothing of it. */
async function mustBe(ending, file) {
  if (ending === "txt") return void await words(file);
  const [beginning, kind] = BEGINNINGS[ending];
  const head = new TextDecoder("latin1").decode(await file.slice(0, 1024).arrayBuffer());
  if (!(ending === "pdf" ? head.includes(beginning) : head.startsWith(beginning))) throw new Error(`${file.name} is no ${kind}, whatever its name says.`);
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
