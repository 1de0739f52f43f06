"""Owns the list of commands: one registry that feeds the handlers, /help and what Telegram shows in its menus."""

from dataclasses import dataclass
from enum import StrEnum

from bot.catalogue import message


class Scope(StrEnum):
    """Who is shown a command."""

    EVERYBODY = "everybody"
    OPERATORS = "operators"
    CHOOSING = "choosing"
    """In private everybody; in a group its administrators, who choose for it."""


class Task(StrEnum):
    """What one wants to do, as /help orders the commands."""

    # L10n: The head of a list of commands: those with which one reads the news.
    READ = message("Read")
    # L10n: The head of a list of commands: those that look something up.
    LOOK = message("Look closer")
    # L10n: The head of a list of commands; "it" is the digest.
    ABOUT_WHAT = message("Choose what it is about")
    # L10n: The head of a list of commands; "it" is the digest.
    WHEN = message("Choose when it comes")
    # L10n: The head of a list of commands.
    YOURS = message("You and your data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. ``line`` is at most 256 characters (Bot API, BotCommand); ``usage`` shows forms it takes."""

    name: str
    line: str
    usage: tuple[str, ...] = ()
    task: Task = Task.READ
    scope: Scope = Scope.EVERYBODY


COMMANDS = (
    Command(
        name="summary",
        line=message("What happened, now"),
        usage=(
            message("/summary (since your last edition)"),
            message("/summary today, 24h or 7d"),
            "/summary conflict",
            message("/summary with a text, a link, or as a reply to a message: reads that"),
        ),
    ),
    Command(name="latest", line=message("The newest stories"), task=Task.LOOK),
    Command(name="more", line=message("What found no room in your last edition"), task=Task.LOOK),
    Command(
        name="why",
        task=Task.LOOK,
        line=message("Where a line of your last edition is from, and why it is there"),
        usage=("/why 3",),
    ),
    Command(
        name="figures",
        task=Task.LOOK,
        line=message("A figure over time, with a chart"),
        usage=(message("/figures (the newest)"), "/figures troops norland"),
    ),
    Command(
        name="deadlines",
        task=Task.LOOK,
        line=message("What falls due, reminders, and a calendar file"),
        usage=(
            message("/deadlines (all)"),
            "/deadlines grain talks",
            message("/deadlines ics (as a file for your calendar)"),
        ),
    ),
    Command(name="search", line=message("Find stories by words"), usage=("/search harbour strike",), task=Task.LOOK),
    Command(
        name="subscribe",
        line=message("Get a digest at your hours"),
        usage=("/subscribe", message("/subscribe @channel (for a channel that you run and I may post in)")),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="unsubscribe",
        line=message("Stop the digest"),
        usage=("/unsubscribe", "/unsubscribe @channel"),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="pause",
        line=message("No digests for a while"),
        usage=(
            "/pause 3d",
            "/pause 12h",
            "/pause 2w",
            # L10n: An example of what may be written: behind the command stand words that are understood in your language, those of
            # the context "argument" and CLDR's names of days and months. So in the following.
            message("/pause until 5 May"),
        ),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(name="resume", line=message("End a pause"), task=Task.WHEN, scope=Scope.CHOOSING),
    Command(
        name="schedule",
        line=message("Choose hours, days and your time zone"),
        usage=(
            "/schedule 07:30 Europe/Kyiv",
            message("/schedule weekdays 7am 19:00"),
            message("/schedule Mon Thu 8am"),
            message("/schedule every day"),
            message("/schedule New York (or UTC+3, or send me your location)"),
        ),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="frequency",
        line=message("Choose how often it comes, and how long it is"),
        usage=(
            message("/frequency daily"),
            "/frequency twice a day",
            message("/frequency weekdays"),
            message("/frequency weekly Friday"),
            message("/frequency (also: short or full, and whether an empty one is sent)"),
        ),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="quiet",
        line=message("Choose hours without alerts"),
        usage=("/quiet 22:00-07:00", message("/quiet off")),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="topics",
        line=message("Choose topics"),
        usage=(
            message("/topics (as buttons)"),
            "/topics politics health",
            message("/topics all"),
            message("/topics none"),
        ),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="follow",
        line=message("Follow words, whatever the topic"),
        usage=("/follow grain", "/follow “red sea”", "/follow grain, red sea, drones", message("/follow (the list)")),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="mute",
        line=message("Leave out stories with certain words"),
        usage=("/mute football", "/mute “transfer window”", message("/mute (the list)")),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="sources",
        line=message("Choose the channels"),
        usage=(message("/sources (as buttons)"), message("/sources all")),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="alerts",
        line=message("Choose what is told at once"),
        usage=(
            message("/alerts (as buttons)"),
            "/alerts conflict",
            message("/alerts followed (the words you follow)"),
            message("/alerts off"),
        ),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(name="settings", line=message("See and change everything in one place"), task=Task.YOURS),
    Command(
        name="language",
        line=message("Choose the language I speak"),
        usage=(message("/language (as buttons)"), "/language de", message("/language auto (as in Telegram)")),
        task=Task.YOURS,
        scope=Scope.CHOOSING,
    ),
    Command(name="export", line=message("All I know of you, as a file"), task=Task.YOURS, scope=Scope.CHOOSING),
    Command(name="forget", line=message("Delete all I know of you"), task=Task.YOURS, scope=Scope.CHOOSING),
    Command(name="privacy", line=message("What I keep, and for what"), task=Task.YOURS),
    Command(name="help", line=message("What I can do"), usage=("/help", "/help schedule"), task=Task.YOURS),
    Command(name="about", line=message("What this is"), task=Task.YOURS),
    Command(
        name="start",
        line=message("Begin here"),
        usage=("/start", message("/start t_conflict (what a link to me with a topic sends)")),
        task=Task.YOURS,
    ),
)


def shown_to(*scopes: Scope) -> list[Command]:
    """The commands of some scopes, in the order of the registry."""
    return [command for command in COMMANDS if command.scope in scopes]


# L10n: At most 512 characters.
DESCRIPTION = message(
    "Sitrep reads news channels and sends you a short situation report at the hour you choose: what happened, the key "
    "figures with their as-of dates, and the deadlines, each with a link to its source. Every number in it stands in the "
    "source."
)
"""Shown in an empty chat; at most 512 characters (Bot API, setMyDescription)."""

# L10n: At most 120 characters.
SHORT_DESCRIPTION = message("Short situation reports from news channels: key figures, deadlines, sources.")
"""Shown on the bot's profile; at most 120 characters (Bot API, setMyShortDescription)."""
