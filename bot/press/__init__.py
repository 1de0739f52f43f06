"""The press: editions and readings become Telegram text with typed entities."""
