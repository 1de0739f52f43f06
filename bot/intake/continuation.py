"""Knows a post that says of itself that it adds to an earlier one, and the words it says that with."""

from __future__ import annotations

import re

_MAX_CHARS = 60
_LABEL = re.compile(
    r"""[\W_]*?(?:
      (?:live\ )?(?:update[sd]?|upd)\b
    | (?:more|latest|new(?:er)?)(?:\ (?:details?|information|info|on\ (?:this|that)|from\ (?:the\ scene|there)))?
    | (?:details?|adds?|added|developing(?:\ story)?|continued|continuing|cont['’.]?d?|follow[- ]?up|recap|to\ follow)
    | part\ (?:[2-9]|two|three|four)
    )
    (?:\ ?[(\[]?[#№]?\d{1,2}(?:[:.]\d{2})?(?:\ ?(?:a\.?m\.?|p\.?m\.?|utc|gmt|[ce]e?s?t|z))?)?
    \ ?(?P<end>[)\]]?\ ?[:|–—-]+\s*|\]\s*|\)\s*|[.!…]*\s*\n|\s*$)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERED = re.compile(r"(?:[(\[][2-9]/[2-9][)\]]|[2-9]/[2-9])[.:]?\s+(?=[^a-z])")
_NUMBERED_BEHIND = re.compile(r"\s[(\[][2-9]/[2-9][)\]]$")


def _label(text: str) -> re.Match[str] | None:
    head = text.lstrip()[:_MAX_CHARS]
    found = _LABEL.match(head)
    if found is None or (found.group("end") == "" and len(head) == _MAX_CHARS):
        return None
    return found


def continues(text: str) -> bool:
    """Whether a post begins as one that adds to an earlier one: "UPDATE:", "More:", "Developing —", "(2/3)"."""
    told = text.strip()
    return bool(_label(told) or _NUMBERED.match(told) or _NUMBERED_BEHIND.search(told[-8:]))


def unlabelled(text: str) -> str:
    """The text without such a beginning; as it is where nothing else is there."""
    found = _label(text)
    rest = text.lstrip()[found.end() :] if found is not None else ""
    return rest if any(map(str.isalnum, rest)) else text
