"""Owns the list of operators' commands, which readers neither see nor may use."""

from bot.catalogue import message
from bot.telegram.commands import Command, Scope

OPERATOR_COMMANDS = (
    Command(
        name="admin",
        line=message("Sources, readers, deliveries, announcements"),
        usage=(
            message("/admin (everything as buttons)"),
            message("/admin sources (the channels, and what can be done with each)"),
            message("/admin add @name (read a channel; or forward a post of it)"),
            message("/admin pause @name (skip its posts for a while)"),
            "/admin resume @name",
            "/admin remove @name",
            message("/admin test @name (read its last post)"),
            message("/admin readers (counts by topic, hour and zone)"),
            message("/admin deliveries (the outbox by state)"),
            message("/admin errors (what failed last)"),
            message("/admin parked (updates and articles that could not be used)"),
            message("/admin preview (your next edition as it stands)"),
            message("/admin announce TEXT (tell everybody, after you have seen and confirmed it)"),
            message("/admin pause all (hold every broadcast)"),
            "/admin resume all",
            message("/admin kill 3 (withdraw the story in line 3 of your last edition or preview)"),
        ),
        scope=Scope.OPERATORS,
    ),
)
