"""Sets the status page: pure, from facts to HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from bot import __version__
from bot.catalogue import words_in
from bot.desk.ledger import Series
from bot.desk.memory import Entry
from bot.health import Part
from bot.press.figures import value_text
from bot.press.series import series_title
from bot.press.times import period_text
from bot.status.facts import Facts, FeedState, Told
from bot.status.markup import Content, Markup, joined, tag
from bot.store import State

_PARTS = {
    Part.DATABASE: "Database",
    Part.TELEGRAM: "Telegram",
    Part.TICK: "Look at who is due",
    Part.MODELS: "Models",
}
_STATES = {
    State.QUEUED: "queued",
    State.SENDING: "being sent",
    State.SENT: "sent",
    State.UNCERTAIN: "may not have arrived",
    State.PARKED: "given up",
    State.DROPPED: "dropped",
}
ENGLISH = words_in("en")
"""The page is in English, as the log is."""
DRAWN = 4
"""Of so many figures a chart is shown: those with values to compare, told of most often."""


def document(title: str, *body: Content) -> str:
    """A whole page."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="/status/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href="/status/style.css"),
    )
    return "<!doctype html>\n" + tag("html", head, tag("body", *body), lang="en").html


def login_page(*, wrong: bool) -> str:
    """Asks for the token."""
    said = (tag("p", "That is not the token.", class_="bad", role="alert"),) if wrong else ()
    form = tag(
        "form",
        tag("h1", "Sitrep status"),
        tag("label", "Token (the setting web.status_token)", for_="token"),
        tag("input", type="password", name="token", id="token", autocomplete="current-password", required=""),
        *said,
        tag("button", "Show the status", type="submit"),
        method="post",
        action="/status",
    )
    return document("Sitrep status", tag("main", form, class_="login"))


def status_page(facts: Facts, ill: Mapping[Part, str], *, ready: bool) -> str:
    """The page of an operator who was let in."""
    well = not ill
    verdict = "All parts are well" if well and ready else "Starting" if well else "Ill"
    top = tag(
        "header",
        tag("h1", "Sitrep status"),
        tag("p", verdict, class_="verdict " + ("good" if well else "bad")),
        tag(
            "p",
            joined(("As of ", _moment(facts.now), f" UTC, version {__version__}. Reload the page for a newer look.")),
        ),
    )
    return document(
        f"Sitrep status: {verdict.lower()}",
        top,
        tag(
            "main",
            _section("Health", _health(ill)),
            _section("Queue", _queue(facts)),
            _section("Last editions", _editions(facts.editions)),
            _section("Sources", _sources(facts)),
            _section("Figures tracked", _figures(facts.figures)),
            _section("Last failures", _failures(facts)),
        ),
    )


def _section(title: str, content: Markup) -> Markup:
    return tag("section", tag("h2", title), content)


def _table(columns: Sequence[str], rows: Iterable[Sequence[Content]], otherwise: str) -> Markup:
    body = [tag("tr", *(tag("td", cell) for cell in row)) for row in rows]
    if not body:
        return tag("p", otherwise, class_="none")
    head = tag("tr", *(tag("th", name, scope="col") for name in columns))
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="scroll", tabindex="0")


def _pairs(rows: Iterable[tuple[str, Content]]) -> Markup:
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in rows))


def _moment(moment: datetime | None) -> Markup:
    if moment is None:
        return tag("span", "never", class_="none")
    return tag("time", f"{moment.astimezone(UTC):%-d %b %Y, %H:%M}", datetime=moment.astimezone(UTC).isoformat())


def _health(ill: Mapping[Part, str]) -> Markup:
    return _pairs(
        (name, tag("span", ill[part], class_="bad") if part in ill else tag("span", "well", class_="good"))
        for part, name in _PARTS.items()
    )


def _queue(facts: Facts) -> Markup:
    held = facts.traffic.held_since
    return _pairs([
        *((f"Messages {said}", f"{facts.traffic.counts[state]:,}") for state, said in _STATES.items()),
        ("Oldest that waits", _moment(facts.traffic.oldest) if facts.traffic.oldest else "none"),
        ("Broadcasts", joined(("held since ", _moment(held))) if held else "go out"),
        ("Updates not yet handled", f"{facts.updates_waiting:,}"),
        ("Articles to be read", f"{facts.articles.get('queued', 0):,}"),
        ("Articles that could not be read", f"{facts.articles.get('parked', 0):,}"),
        ("Articles read in 24 hours", f"{facts.read_today:,}"),
        ("Chats that get editions", f"{facts.readers.subscribed:,} of {facts.readers.known:,}"),
    ])  # fmt: skip


def _editions(editions: Sequence[Told]) -> Markup:
    return _table(
        ("Made", "Covers", "Stories", "Figures", "Dates", "Chats"),
        (
            (
                _moment(told.created_at),
                joined((_moment(told.start), " to ", _moment(told.end))),
                *("?" if count is None else str(count) for count in (told.stories, told.figures, told.deadlines)),
                ", ".join(f"{count:,} {_STATES[state]}" for state, count in told.chats.items()) or "on demand",
            )
            for told in editions
        ),
        "No edition was made yet.",
    )


def _sources(facts: Facts) -> Markup:
    channels = [
        (one.name, "channel", one.state.value, joined(("last post ", _moment(one.newest)))) for one in facts.channels
    ]
    return _table(
        ("Source", "Kind", "State", "News"),
        [*channels, *map(_feed, facts.feeds)],
        "No source is set: see channels and feeds.",
    )


def _feed(feed: FeedState) -> Sequence[Content]:
    trouble = tag("span", feed.trouble, class_="bad") if feed.trouble else "no trouble"
    return (feed.url, "feed", "read", trouble)


def _figures(figures: Sequence[Series]) -> Markup:
    rows = []
    for series in figures:
        newest = newest_of(series.entries)
        as_of = newest.figure.as_of
        when: Content = (
            f"as of {period_text(as_of, ENGLISH)}" if as_of else joined(("published ", _moment(newest.published)))
        )
        rows.append(
            (
                series_title(series, ENGLISH),
                value_text(newest.figure, ENGLISH),
                when,
                newest.outlet,
                str(len(series.entries)),
            )
        )
    table = _table(("Figure", "Newest", "When", "Source", "Values"), rows, "No figure is tracked yet.")
    charts = [
        tag(
            "img",
            src=f"/status/chart/{series.id}.png",
            alt=f"Chart: {series_title(series, ENGLISH)}, {len(series.entries)} values",
            width="1080",
            height="810",
        )
        for series in figures
        if len({entry.figure.value for entry in series.entries}) > 1
    ]
    return joined((table, tag("div", *charts[:DRAWN], class_="charts")))


def newest_of(entries: Sequence[Entry]) -> Entry:
    """The entry that speaks of the latest day; a later report may name a former value again."""
    return max(entries, key=_spoken_of)


def _spoken_of(entry: Entry) -> tuple[date, datetime]:
    """The day that a figure speaks of, and when it was said; one that speaks of a day to come is as old as its report."""
    said = entry.published.date()
    as_of = entry.figure.as_of
    return min(as_of.start, said) if as_of else said, entry.published


def _failures(facts: Facts) -> Markup:
    return _table(
        ("When", "What", "State", "Why"),
        (
            (_moment(failure.at), f"{failure.kind}, {failure.method}", _STATES[State(failure.state)], failure.error)
            for failure in facts.traffic.failures
        ),
        "Nothing has failed.",
    )
