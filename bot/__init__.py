"""Sitrep: a Telegram bot that turns news channels into short situation reports, each number traceable."""

__version__ = "0.1.0"
