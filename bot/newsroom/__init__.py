"""The use cases of the bot: what a post, a reader's wish and a due hour lead to, without a word of Telegram's types."""
