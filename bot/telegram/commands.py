"""Owns the list of commands: one registry that feeds the handlers, /help and what Telegram shows in its menus."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Who is shown a command."""

    EVERYBODY = "everybody"
    OPERATORS = "operators"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command. ``line`` is at most 256 characters (Bot API, BotCommand); ``usage`` shows forms it takes."""

    name: str
    line: str
    usage: tuple[str, ...] = ()
    scope: Scope = Scope.EVERYBODY


COMMANDS = (
    Command(
        name="summary",
        line="What happened, now",
        usage=(
            "/summary (since your last edition)",
            "/summary today, 24h or 7d",
            "/summary conflict",
            "/summary with a text, a link to a post, or as a reply to a message: reads that",
        ),
    ),
    Command(name="more", line="What found no room in your last edition"),
    Command(
        name="why",
        line="Where a line of your last edition is from, and why it is there",
        usage=("/why 3",),
    ),
    Command(
        name="figures",
        line="A figure over time, with a chart",
        usage=("/figures (the newest)", "/figures troops norland"),
    ),
    Command(
        name="deadlines",
        line="What falls due, reminders, and a calendar file",
        usage=("/deadlines (all)", "/deadlines grain talks", "/deadlines ics (as a file for your calendar)"),
    ),
    Command(name="search", line="Find stories by words", usage=("/search harbour strike",)),
    Command(name="subscribe", line="Get a digest every day"),
    Command(name="unsubscribe", line="Stop the digest"),
    Command(
        name="topics",
        line="Choose what the digest is about",
        usage=("/topics (as buttons)", "/topics politics health", "/topics all"),
    ),
    Command(
        name="schedule",
        line="Choose when it comes, and your time zone",
        usage=("/schedule 07:30 Europe/Kyiv", "/schedule 7am 19:00", "/schedule New York"),
    ),
    Command(name="settings", line="See and change everything in one place"),
    Command(name="help", line="What I can do"),
    Command(name="start", line="Begin here"),
)

DESCRIPTION = (
    "Sitrep reads news channels and sends you a short situation report at the hour you choose: what happened, the key "
    "figures with their as-of dates, and the deadlines, each with a link to its source. Every number in it stands in the "
    "source."
)
"""Shown in an empty chat; at most 512 characters (Bot API, setMyDescription)."""

SHORT_DESCRIPTION = "Short situation reports from news channels: key figures, deadlines, sources."
"""Shown on the bot's profile; at most 120 characters (Bot API, setMyShortDescription)."""
