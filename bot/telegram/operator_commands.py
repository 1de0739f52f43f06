"""Owns the list of operators' commands, which readers neither see nor may use."""

from bot.telegram.commands import Command, Scope

OPERATOR_COMMANDS = (
    Command(
        name="admin",
        line="Sources, readers, deliveries, announcements",
        usage=(
            "/admin (everything as buttons)",
            "/admin sources (the channels, and what can be done with each)",
            "/admin add @name (read a channel; or forward a post of it)",
            "/admin pause @name (skip its posts for a while)",
            "/admin resume @name",
            "/admin remove @name",
            "/admin test @name (read its last post)",
            "/admin readers (counts by topic, hour and zone)",
            "/admin deliveries (the outbox by state)",
            "/admin errors (what failed last)",
            "/admin parked (updates and articles that could not be used)",
            "/admin preview (your next edition as it stands)",
            "/admin announce TEXT (tell everybody, after you have seen and confirmed it)",
            "/admin pause all (hold every broadcast)",
            "/admin resume all",
            "/admin kill 3 (withdraw the story in line 3 of your last edition or preview)",
        ),
        scope=Scope.OPERATORS,
    ),
)
