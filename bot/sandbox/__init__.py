"""A local Bot API server and its page: the real bot can be tried and tested against it, without Telegram."""
