"""Knows a page that a reader would not get to read: a paywall, a request for consent or a login, a video, a page that is gone."""

from __future__ import annotations

import re

SHORT_WORDS = 90
"""A text of more words than that is an article, whatever else stands on its page."""

# Which words give a wall away, tried in this order; each is looked for in the title and in the text, if that is short.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        (
            "page_gone",
            (
                r"\b(?:page (?:was |could )?not (?:be )?found|404|page (?:is )?(?:no longer available|doesn['’]t exist)"
                r"|no longer exists|article (?:has been|was) (?:removed|deleted))\b"
            ),
        ),
        (
            "page_paywall",
            (
                r"\bsubscribe (?:now )?to (?:continue|read|keep reading|unlock)|to (?:continue|keep) reading"
                r"|already a subscriber|(?:for|to) (?:our )?subscribers(?: only)?\b|unlock this (?:article|story)"
                r"|free articles? (?:left|remaining)|subscriber[- ]only|become a (?:subscriber|member) to"
            ),
        ),
        (
            "page_login",
            (
                r"\b(?:log|sign) ?in (?:to (?:continue|read|view|your account)|is required)|please (?:log|sign) ?in"
                r"|create (?:a free|an) account to|you must be logged in"
            ),
        ),
        (
            "page_consent",
            (
                r"\b(?:before you continue|we value your privacy|we (?:and our partners )?use cookies|cookie settings"
                r"|accept all(?: cookies)?|manage (?:your )?(?:choices|preferences|consent)|your privacy choices)\b"
            ),
        ),
        (
            "page_robot_check",
            (
                r"\b(?:are you (?:a )?(?:human|robot)|checking your browser|enable javascript|verify (?:that )?you are (?:a )?human"
                r"|unusual traffic|access denied)\b"
            ),
        ),
    )
)
REASONS = {
    "page_gone": "The page is gone.",
    "page_paywall": "The page is for subscribers.",
    "page_login": "The page asks for a login.",
    "page_consent": "The page asks for consent before it shows anything.",
    "page_robot_check": "The page wants to know whether a person reads it.",
    "page_video": "The page is a video.",
}


def wall_of(title: str, text: str, *, is_free: bool | None, is_video: bool, wants_password: bool) -> str | None:
    """The reason why this is no article, None where it is one.

    Args:
        title: Of the page.
        text: What was extracted, or all of the page's text where that was nothing.
        is_free: What the page says of itself (schema.org ``isAccessibleForFree``); None where it says nothing.
        is_video: Whether it says that it is a video.
        wants_password: Whether there is a field for one.
    """
    if is_free is False:
        return "page_paywall"
    if len(text.split()) > SHORT_WORDS:
        return None
    for reason, sign in _SIGNS:
        if sign.search(title) or sign.search(text):
            return reason
    if is_video:
        return "page_video"
    return "page_login" if wants_password else None
