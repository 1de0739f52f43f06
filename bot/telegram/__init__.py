"""The conversation in Telegram: updates in, thin handlers, replies into the outbox."""
