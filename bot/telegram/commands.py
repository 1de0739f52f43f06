"""Owns the list of commands: one registry that feeds the handlers, /help and what Telegram shows in its menus."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Who is shown a command."""

    EVERYBODY = "everybody"
    OPERATORS = "operators"
    CHOOSING = "choosing"
    """In private everybody; in a group its administrators, who choose for it."""


class Task(StrEnum):
    """What one wants to do, as /help orders the commands."""

    READ = "Read"
    LOOK = "Look closer"
    ABOUT_WHAT = "Choose what it is about"
    WHEN = "Choose when it comes"
    YOURS = "You and your data"


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
        line="What happened, now",
        usage=(
            "/summary (since your last edition)",
            "/summary today, 24h or 7d",
            "/summary conflict",
            "/summary with a text, a link, or as a reply to a message: reads that",
        ),
    ),
    Command(name="latest", line="The newest stories", task=Task.LOOK),
    Command(name="more", line="What found no room in your last edition", task=Task.LOOK),
    Command(
        name="why",
        task=Task.LOOK,
        line="Where a line of your last edition is from, and why it is there",
        usage=("/why 3",),
    ),
    Command(
        name="figures",
        task=Task.LOOK,
        line="A figure over time, with a chart",
        usage=("/figures (the newest)", "/figures troops norland"),
    ),
    Command(
        name="deadlines",
        task=Task.LOOK,
        line="What falls due, reminders, and a calendar file",
        usage=("/deadlines (all)", "/deadlines grain talks", "/deadlines ics (as a file for your calendar)"),
    ),
    Command(name="search", line="Find stories by words", usage=("/search harbour strike",), task=Task.LOOK),
    Command(
        name="subscribe",
        line="Get a digest at your hours",
        usage=("/subscribe", "/subscribe @channel (for a channel that you run and I may post in)"),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="unsubscribe",
        line="Stop the digest",
        usage=("/unsubscribe", "/unsubscribe @channel"),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="pause",
        line="No digests for a while",
        usage=("/pause 3d", "/pause 12h", "/pause 2w", "/pause until 5 May"),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(name="resume", line="End a pause", task=Task.WHEN, scope=Scope.CHOOSING),
    Command(
        name="schedule",
        line="Choose hours, days and your time zone",
        usage=(
            "/schedule 07:30 Europe/Kyiv",
            "/schedule weekdays 7am 19:00",
            "/schedule Mon Thu 8am",
            "/schedule every day",
            "/schedule New York (or UTC+3, or send me your location)",
        ),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="frequency",
        line="Choose how often it comes, and how long it is",
        usage=(
            "/frequency daily",
            "/frequency twice a day",
            "/frequency weekdays",
            "/frequency weekly Friday",
            "/frequency (also: short or full, and whether an empty one is sent)",
        ),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="quiet",
        line="Choose hours without alerts",
        usage=("/quiet 22:00-07:00", "/quiet off"),
        task=Task.WHEN,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="topics",
        line="Choose topics",
        usage=("/topics (as buttons)", "/topics politics health", "/topics all", "/topics none"),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="follow",
        line="Follow words, whatever the topic",
        usage=("/follow grain", "/follow “red sea”", "/follow grain, red sea, drones", "/follow (the list)"),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="mute",
        line="Leave out stories with certain words",
        usage=("/mute football", "/mute “transfer window”", "/mute (the list)"),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="sources",
        line="Choose the channels",
        usage=("/sources (as buttons)", "/sources all"),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(
        name="alerts",
        line="Choose what is told at once",
        usage=("/alerts (as buttons)", "/alerts conflict", "/alerts followed (the words you follow)", "/alerts off"),
        task=Task.ABOUT_WHAT,
        scope=Scope.CHOOSING,
    ),
    Command(name="settings", line="See and change everything in one place", task=Task.YOURS),
    Command(name="export", line="All I know of you, as a file", task=Task.YOURS, scope=Scope.CHOOSING),
    Command(name="forget", line="Delete all I know of you", task=Task.YOURS, scope=Scope.CHOOSING),
    Command(name="privacy", line="What I keep, and for what", task=Task.YOURS),
    Command(name="help", line="What I can do", usage=("/help", "/help schedule"), task=Task.YOURS),
    Command(name="about", line="What this is", task=Task.YOURS),
    Command(
        name="start",
        line="Begin here",
        usage=("/start", "/start t_conflict (what a link to me with a topic sends)"),
        task=Task.YOURS,
    ),
)


def shown_to(*scopes: Scope) -> list[Command]:
    """The commands of some scopes, in the order of the registry."""
    return [command for command in COMMANDS if command.scope in scopes]


DESCRIPTION = (
    "Sitrep reads news channels and sends you a short situation report at the hour you choose: what happened, the key "
    "figures with their as-of dates, and the deadlines, each with a link to its source. Every number in it stands in the "
    "source."
)
"""Shown in an empty chat; at most 512 characters (Bot API, setMyDescription)."""

SHORT_DESCRIPTION = "Short situation reports from news channels: key figures, deadlines, sources."
"""Shown on the bot's profile; at most 120 characters (Bot API, setMyShortDescription)."""
