"""What the bot does once all of it is there, before the first update is handled."""

import gc

from bot.app import settle_in


def test_what_is_there_at_the_start_is_left_out_of_garbage_collection() -> None:
    before = gc.get_freeze_count()
    try:
        settle_in()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
