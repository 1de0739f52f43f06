"""Owns what is said about the bot itself: help by task, about, privacy, and what forgetting means."""

from collections.abc import Sequence

from bot.press.message import Message
from bot.press.text import TextBuilder
from bot.telegram.callback import Verb
from bot.telegram.commands import Command, Task
from bot.telegram.keyboards import act, lead


def help_page(commands: Sequence[Command]) -> Message:
    """Every command with its line, by what one wants to do."""
    text = TextBuilder().bold("What I can do").line()
    for task in Task:
        of_task = [command for command in commands if command.task is task]
        if of_task:
            text.blank().bold(task.value).line()
        for command in of_task:
            text.line(f"/{command.name} – {command.line}")
    text.blank().line("Send me a text, a link or a forward, and I read it. More on a command: /help schedule")
    return text.message(((lead("Settings", "settings"),),))


def help_on(command: Command) -> Message:
    """One command with the forms it takes."""
    text = TextBuilder().bold(f"/{command.name}").line().line(f"{command.line}.")
    for usage in command.usage:
        text.line(usage)
    return text.message()


def about(version: str) -> Message:
    """What this is and how far it may be trusted."""
    text = TextBuilder().bold(f"Sitrep {version}").line()
    text.line(
        "A news desk in Telegram. It reads the channels its operator chose, with models that run on its own machine."
    )
    text.line("It writes nothing of its own: summaries are sentences of the source, every number stands in the source.")
    text.line("It can still overlook something, or file it wrongly. /why 3 shows where line 3 of a digest is from.")
    text.line("Topics are IPTC Media Topics (CC BY 4.0). Free software, Apache License 2.0.")
    return text.message()


def privacy() -> Message:
    """What is kept of a chat, for what, and what can be done about it."""
    text = TextBuilder().bold("What I keep of you").line()
    text.line(
        "Your settings: topics, words, sources, hours, time zone, language, the dates you are "
        "reminded of, and which stories you called useful."
    )
    text.line("What you write to me here and what I send you, so that nothing is lost or sent twice.")
    text.line("A location you send is used once, to find the time zone, and is not among the settings.")
    text.line("No text of yours leaves the machine I run on, other than back to you through Telegram.")
    text.line("A page whose link you send is fetched from its site, which does not learn who asked.")
    text.line("/export sends you all of it as a file. /forget deletes all of it at once.")
    text.line("Backups that the operator has made keep it until they are thrown away.")
    return text.message(
        ((act("Send me my data", Verb.EXPORT), lead("Delete all", "forget")), (lead("Settings", "settings"),))
    )


def forget() -> Message:
    """The question before everything is deleted."""
    text = TextBuilder().bold("Delete everything I know of this chat?").line()
    text.line("Your subscription, all choices, reminders, and every message I keep of this chat. It cannot be undone.")
    return text.message(((act("Yes, delete it all", Verb.FORGET, "yes"), act("No, keep it", Verb.FORGET, "no")),))


def forgotten(records: int) -> str:
    """What is said when it is done."""
    if not records:
        return "There was nothing left that I knew of you."
    many = "1 record is" if records == 1 else f"{records} records are"
    return f"Done: {many} deleted, and I know nothing of you any more. /start begins anew."
