"""Owns what a view is drawn from: a chat's settings as they stand, its words, the moment, and what there is to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.catalogue import Words, words_in
from bot.desk.topics import NO_TOPIC, topic_name
from bot.store import Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One chat at one moment. ``topics``: code to name of all that are on offer."""

    subscriber: Subscriber
    now: datetime
    topics: Mapping[str, str]

    @property
    def words(self) -> Words:
        """What the chat is spoken to in."""
        return words_in(self.subscriber.language)

    @property
    def is_paused(self) -> bool:
        """Whether a pause lasts."""
        until = self.subscriber.wishes.paused_until
        return until is not None and until > self.now

    @property
    def wants_no_topic(self) -> bool:
        """Whether followed words alone bring stories."""
        return self.subscriber.topics == {NO_TOPIC}

    def names(self, codes: frozenset[str]) -> list[str]:
        """The names of topics in the chat's language, in the order of their codes."""
        return [self.words(self.topics.get(code) or topic_name(code)) for code in sorted(codes - {NO_TOPIC})]
