"""Runs the bot with its clock wound forward: `python run_at.py 2026-11-23T06:59:59+00:00`."""

import asyncio
import sys
from datetime import datetime

from bot.app import run_bot
from bot.clock import Clock
from bot.logs import configure_logs
from bot.settings import load_settings

if __name__ == "__main__":
    clock = Clock()
    clock.advance_to(datetime.fromisoformat(sys.argv[1]))
    configure_logs(style="console", level="info", secret=None)
    asyncio.run(run_bot(load_settings(), clock))
