// The bot's commands: all of them by the button, those that fit while "/..." is being written.

import { $ } from "./talk.js";
import { element } from "./text.js";

/** `commands()` gives what the bot has for this reader, `say(text)` sends one. */
export class Menu {
  constructor({ commands, say }) {
    this.commands = commands;
    this.say = say;
    this.at = -1;
    this.all = false;
    $("menu-toggle").addEventListener("click", () => ($("menu").hidden ? this.openAll() : this.close()));
    $("say").addEventListener("input", () => this.filter());
    $("say").addEventListener("blur", (event) => { if (!$("menu").contains(event.relatedTarget)) this.close(); });
    document.addEventListener("click", (event) => {
      if (!$("menu").hidden && !event.target.closest("#menu, #menu-toggle, #say")) this.close();
    });
    // A press of the mouse must not take the focus from the box before the click counts.
    $("menu").addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** Show what the bot has now; a menu that is open stays so, at the command that was marked. */
  tell() {
    $("menu-toggle").hidden = this.commands().length === 0;
    if ($("menu").hidden) return;
    const marked = this.command(this.at);
    this.show(this.all ? this.commands() : this.fitting());
    const at = [...$("menu-list").children].findIndex((_, number) => this.command(number) === marked);
    if (at > 0) this.mark(at);
  }

  openAll() {
    $("say").focus();
    this.all = true;
    this.show(this.commands());
  }

  filter() {
    this.all = false;
    this.show(this.fitting());
  }

  fitting() {
    const typed = /^\/([a-z0-9_]*)$/i.exec($("say").value);
    return typed ? this.commands().filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : [];
  }

  command(at) {
    return $("menu-list").children[at].firstElementChild.textContent;
  }

  show(commands) {
    if (!commands.length) return void this.close();
    $("menu-list").replaceChildren(...commands.map(({ command, description }, at) => {
      const option = element("li", element("b", `/${command}`), element("span", description));
      option.id = `command-${at}`;
      option.setAttribute("role", "option");
      option.addEventListener("click", () => this.take(at));
      return option;
    }));
    $("menu").hidden = false;
    $("menu-toggle").setAttribute("aria-expanded", "true");
    this.mark(0);
  }

  close() {
    $("menu").hidden = true;
    $("menu-toggle").setAttribute("aria-expanded", "false");
    $("say").removeAttribute("aria-activedescendant");
    this.at = -1;
  }

  mark(at) {
    const options = [...$("menu-list").children];
    this.at = (at + options.length) % options.length;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.at)));
    options[this.at].scrollIntoView({ block: "nearest" });
    $("say").setAttribute("aria-activedescendant", options[this.at].id);
  }

  take(at) {
    const command = this.command(at);
    this.close();
    $("say").value = "";
    $("say").dispatchEvent(new Event("input"));
    this.say(command);
    $("say").focus();
  }

  /** Whether a key was for the menu. */
  key(event) {
    if ($("menu").hidden) return false;
    if (event.key === "ArrowDown") this.mark(this.at + 1);
    else if (event.key === "ArrowUp") this.mark(this.at - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey) this.take(this.at);
    else if (event.key === "Tab" && !event.shiftKey) {
      $("say").value = `${this.command(this.at)} `;
      this.close();
    } else return false;
    event.preventDefault();
    return true;
  }
}
