"""Reads what a page says of itself in its head: its address, when it was published, by whom, whether it is free to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urljoin

from lxml import etree, html  # type: ignore[import-untyped]  # ships no types

_ARTICLES = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "liveblogposting"}
)
_VIDEOS = frozenset({"videoobject"})
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date.issued", "dcterms.created",
    "pubdate", "publish-date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_BYLINES = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
"""Some give the address of a profile instead of a name."""
_MAX_JSON = 300_000
_MAX_NODES = 2_000
_PARSER_OPTIONS = {"recover": True, "huge_tree": False, "no_network": True, "remove_comments": True}


@dataclass(slots=True)
class Markup:
    """What was found; ``published`` is aware, in the zone that the page writes it in, ``day`` the day where no hour is told."""

    canonical: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: datetime | None = None
    day: date | None = None
    is_free: bool | None = None
    is_video: bool = False
    wants_password: bool = False
    text: str = ""
    metas: dict[str, str] = field(default_factory=dict)


def read_markup(raw: bytes, url: str) -> Markup:
    """Read a page's head and its schema.org statements. What is damaged is left out; never raises but ``MemoryError``."""
    found = Markup()
    try:
        tree = html.document_fromstring(raw, parser=html.HTMLParser(**_PARSER_OPTIONS))
    except (etree.LxmlError, ValueError, AssertionError):
        return found
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and meta.get("content"):
            found.metas.setdefault(name, meta.get("content", "").strip()[:1000])
    found.language = (tree.get("lang") or found.metas.get("og:locale") or "").replace("_", "-").strip()[:20] or None
    found.canonical = _canonical(tree, found.metas, url)
    found.title = found.metas.get("og:title") or (tree.findtext(".//title") or "").strip()[:500] or None
    found.outlet = found.metas.get("og:site_name") or None
    stated = (found.metas.get(name, "") for name in _BYLINES)
    found.byline = next((name for name in stated if name and "://" not in name), None)
    found.is_video = found.metas.get("og:type", "").lower().startswith("video")
    found.is_free = False if found.metas.get("article:content_tier", "").lower() == "locked" else None
    found.wants_password = tree.find(".//input[@type='password']") is not None
    _statements(tree, found)
    _date(tree, found)
    found.text = " ".join(tree.text_content().split())[:5000]
    return found


def _canonical(tree: html.HtmlElement, metas: Mapping[str, str], url: str) -> str | None:
    stated = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for address in [*stated, metas.get("og:url")]:
        if address and address.strip():
            try:
                whole = urljoin(url, address.strip())
            except ValueError:
                continue
            if whole.startswith(("http://", "https://")):
                return str(whole)[:2000]
    return None


def _statements(tree: html.HtmlElement, found: Markup) -> None:
    """schema.org in JSON-LD: the first article, and whether there is a video instead."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            stated = json.loads(script.text[:_MAX_JSON])
        except (ValueError, RecursionError):
            continue
        for node in _nodes(stated):
            kinds = {str(kind).lower() for kind in _listed(node.get("@type"))}
            if kinds & _ARTICLES:
                _article(node, found)
                return
            found.is_video = found.is_video or bool(kinds & _VIDEOS)


def _article(node: Mapping[str, object], found: Markup) -> None:
    free = node.get("isAccessibleForFree")
    if free is False or str(free).lower() == "false":
        found.is_free = False
    found.is_video = False
    found.byline = found.byline or ", ".join(filter(None, map(_name, _listed(node.get("author"))))) or None
    found.outlet = found.outlet or next(filter(None, map(_name, _listed(node.get("publisher")))), None)
    found.metas.setdefault("datepublished", str(node.get("datePublished") or "")[:100])
    if isinstance(node.get("headline"), str):
        found.title = str(node["headline"])[:500]
    if isinstance(node.get("inLanguage"), str):
        found.language = found.language or str(node["inLanguage"])[:20]


def _nodes(stated: object) -> Iterator[Mapping[str, object]]:
    """The objects of a JSON-LD document, those of its graph included, a bounded number of them."""
    waiting = [stated]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(
                value for name, value in node.items() if name in {"@graph", "mainEntity", "mainEntityOfPage"}
            )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(person: object) -> str | None:
    name = person.get("name") if isinstance(person, Mapping) else person
    return name.strip()[:200] or None if isinstance(name, str) else None


def _date(tree: html.HtmlElement, found: Markup) -> None:
    """The first time that the head, or else the page, names as that of publication."""
    stated = [found.metas.get(name, "") for name in _PUBLISHED]
    stated += [element.get("datetime", "") for element in tree.iter("time")][:3]
    for written in filter(None, map(str.strip, stated)):
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            continue
        found.day = found.day or moment.date()
        if moment.tzinfo is not None:
            found.published, found.day = moment, moment.date()
            return
