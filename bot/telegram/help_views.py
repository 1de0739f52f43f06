"""Owns what is said about the bot itself: help by task, about, privacy, and what forgetting means."""

from collections.abc import Sequence

from bot.catalogue import Words
from bot.press.message import Message
from bot.press.text import TextBuilder
from bot.telegram.callback import Verb
from bot.telegram.commands import Command, Task
from bot.telegram.keyboards import act, lead


def help_page(words: Words, commands: Sequence[Command]) -> Message:
    """Every command with its line, by what one wants to do."""
    text = TextBuilder().bold(words("What I can do")).line()
    for task in Task:
        of_task = [command for command in commands if command.task is task]
        if of_task:
            text.blank().bold(words(task.value)).line()
        for command in of_task:
            text.line(f"/{command.name} – {words(command.line)}")
    read = words("Send me a text, a link or a forward, and I read it.")
    text.blank().line(f"{read} {words('More on a command: /help schedule')}")
    return text.message(((lead(words("Settings"), "settings"),),))


def help_on(words: Words, command: Command) -> Message:
    """One command with the forms it takes."""
    text = TextBuilder().bold(f"/{command.name}").line().line(f"{words(command.line)}.")
    for usage in command.usage:
        text.line(words(usage))
    return text.message()


def about(words: Words, version: str) -> Message:
    """What this is and how far it may be trusted."""
    text = TextBuilder().bold(f"Sitrep {version}").line()
    text.line(
        words(
            "A news desk in Telegram. It reads the channels its operator chose, with models that run on its own machine."
        )
    )
    text.line(
        words("It writes nothing of its own: summaries are sentences of the source, every number stands in the source.")
    )
    text.line(
        words("It can still overlook something, or file it wrongly. /why 3 shows where line 3 of a digest is from.")
    )
    text.line(words("Topics are IPTC Media Topics (CC BY 4.0). Free software, Apache License 2.0."))
    return text.message()


def privacy(words: Words) -> Message:
    """What is kept of a chat, for what, and what can be done about it."""
    text = TextBuilder().bold(words("What I keep of you")).line()
    text.line(
        words(
            "Your settings: topics, words, sources, hours, time zone, language, the dates you are "
            "reminded of, and which stories you called useful."
        )
    )
    text.line(words("What you write to me here and what I send you, so that nothing is lost or sent twice."))
    text.line(words("A location you send is used once, to find the time zone, and is not among the settings."))
    text.line(words("No text of yours leaves the machine I run on, other than back to you through Telegram."))
    text.line(words("A page whose link you send is fetched from its site, which does not learn who asked."))
    text.line(words("/export sends you all of it as a file. /forget deletes all of it at once."))
    text.line(words("Backups that the operator has made keep it until they are thrown away."))
    return text.message(
        (
            (act(words("Send me my data"), Verb.EXPORT), lead(words("Delete all"), "forget")),
            (lead(words("Settings"), "settings"),),
        )
    )


def forget(words: Words) -> Message:
    """The question before everything is deleted."""
    text = TextBuilder().bold(words("Delete everything I know of this chat?")).line()
    text.line(
        words("Your subscription, all choices, reminders, and every message I keep of this chat. It cannot be undone.")
    )
    return text.message(
        ((act(words("Yes, delete it all"), Verb.FORGET, "yes"), act(words("No, keep it"), Verb.FORGET, "no")),)
    )


def forgotten(words: Words, records: int) -> str:
    """What is said when it is done."""
    if not records:
        return words("There was nothing left that I knew of you.")
    return words.plural(
        "Done: {count} record is deleted, and I know nothing of you any more. /start begins anew.",
        "Done: {count} records are deleted, and I know nothing of you any more. /start begins anew.",
        records,
    )
