"""The operator's status page: read-only, behind a token, and about the machine and the news, never about readers."""

from bot.status.routes import status_routes

__all__ = ["status_routes"]
