"""Who is due, what goes out, how fast, and what an answer of Telegram's means."""
