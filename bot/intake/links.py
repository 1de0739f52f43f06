"""Chooses the link of a post that leads to its article, and writes addresses without what only counts readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Parameters that tell a server where a reader came from, and change nothing of what is served.
_TRACKING = re.compile(
    r"(?:utm_\w+|[a-z]*clid|mc_[ce]id|at_\w+|ns_\w+|hs\w+|ref|ref_?src|ref_?url|source|cmp(?:id)?|cmpid|ito|smid|smtyp|xtor"
    r"|igsh(?:id)?|si|feature|partner|campaign(?:_?id)?|spm|share|shared|amp|_ga|_gl|mkt_tok|rss|ocid|taid|trk|yclid|__\w+)",
    re.IGNORECASE,
)
_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.org", "telegram.dog", "telesco.pe"})
_ARTICLE_HOSTS = frozenset({"telegra.ph", "te.legra.ph", "graph.org"})
# Where a post sends its readers for other things than its article: to follow, to give, to share, to watch, to install.
_NOT_ARTICLES = frozenset(
    {
        "facebook.com", "fb.com", "instagram.com", "threads.net", "tiktok.com", "twitter.com", "x.com", "vk.com", "ok.ru",
        "youtube.com", "youtu.be", "rumble.com", "twitch.tv", "discord.gg", "discord.com", "whatsapp.com", "wa.me",
        "viber.com", "linkedin.com", "reddit.com", "pinterest.com", "patreon.com", "paypal.com", "paypal.me",
        "buymeacoffee.com", "ko-fi.com", "gofundme.com", "donorbox.org", "linktr.ee", "apps.apple.com", "play.google.com",
        "podcasts.apple.com", "spotify.com", "open.spotify.com", "soundcloud.com", "forms.gle", "docs.google.com",
        "maps.google.com", "goo.gl", "eventbrite.com", "zoom.us", "addtoany.com", "sharethis.com", "boosty.to",
        "bsky.app", "mastodon.social",
    }
)  # fmt: skip
_NOT_PATHS = re.compile(
    r"^/(?:share|sharer|intent|subscribe|subscription|newsletters?|donate|donation|support(?:-us)?|join|login|signin|signup"
    r"|register|account|app|apps|download|privacy|terms|contact|about(?:-us)?|advertis\w+)(?:/|\.\w+)?$",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|m4[av]|mov|webm|avi|zip|apk|exe|dmg|docx?|xlsx?|pptx?|ics)$", re.IGNORECASE
)


def plain_address(url: str) -> str:
    """The address without fragment and tracking parameters, its host in small letters; what cannot be parsed as it is."""
    try:
        parts = urlsplit(url)
        query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)]
        kept = [(name, value) for name, value in query if not _TRACKING.fullmatch(name)]
        host = parts.netloc.lower()
    except ValueError:
        return url
    told = parts.query if len(kept) == len(query) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", told, ""))


def leads_to_article(url: str) -> bool:
    """Whether an address may be that of an article: no network to follow, no way to share, give or install, no file."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    except ValueError:
        return False
    if host in _ARTICLE_HOSTS:
        return parts.path not in {"", "/"}
    domains = {".".join(host.split(".")[at:]) for at in range(host.count("."))}
    if not host or domains & (_TELEGRAM | _NOT_ARTICLES):
        return False
    if _FILES.search(parts.path) or _NOT_PATHS.fullmatch(parts.path):
        return False
    return bool(parts.path.strip("/") or parts.query)


def article_link(links: Sequence[str]) -> str | None:
    """The first link of a post that may lead to its article, without its tracking parameters."""
    return next((plain_address(url) for url in links if leads_to_article(url)), None)
