"""From a filed article to the parameters of sendMessage, with the desk and the press as they are."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from botapi_double import now
from pydantic import TypeAdapter

from bot.catalogue import words_in
from bot.delivery.tick import Tick
from bot.desk.edition import Edition, compose
from bot.desk.profile import Profile, Window
from bot.press.edition import lay_out, render_edition
from bot.store import LANES, Store, Subscriber
from models.api import (
    Article,
    Bond,
    Deadline,
    FigureKind,
    KeyFigure,
    Period,
    Piece,
    Precision,
    Qualifier,
    Reading,
    Span,
    Status,
    Summary,
    Topic,
)

MORNING = datetime(2026, 7, 1, 6, tzinfo=UTC)
TEXT = "About 2,500 troops remain in Norland. They leave by 31 July 2026."


def filed() -> tuple[Article, Reading]:
    published = MORNING - timedelta(hours=2)
    first, second = Span(0, 37), Span(38, len(TEXT))
    article = Article(key="a", title="Troops leave", text=TEXT, published=published, outlet="Harbour Wire")
    troops = KeyFigure(
        kind=FigureKind.TROOPS,
        value=Decimal(2500),
        unit="soldier",
        qualifier=Qualifier.ABOUT,
        label="troops in Norland",
        status=Status.ACTUAL,
        as_of=None,
        change=None,
        attribution=None,
        importance=0.9,
        surface="About 2,500 troops",
        span=Span(0, 18),
        sentence=first,
    )
    leave = Deadline(
        due=Period(start=date(2026, 7, 31), end=date(2026, 7, 31), precision=Precision.DAY),
        bond=Bond.DEADLINE,
        qualifier="by",
        who="They",
        what="leave Norland",
        importance=0.8,
        surface="31 July 2026",
        span=Span(52, 64),
        sentence=second,
    )
    reading = Reading(
        key="a",
        language="en",
        headline="Troops leave",
        sentences=(first, second),
        summary=Summary(pieces=(Piece(text=TEXT[:37], spans=(first,)),)),
        topics=(Topic(code="medtop:16000000", name="conflict, war and peace", confidence=0.9),),
        figures=(troops,),
        deadlines=(leave,),
        vector=b"",
        model="test",
    )
    return article, reading


async def test_a_filed_article_reaches_the_outbox_as_text_and_the_edition_can_be_read_again(store: Store) -> None:
    article, reading = filed()
    async with store.begin() as tx:
        await tx.articles.queue(article, MORNING, MORNING - timedelta(hours=1))
        await tx.articles.store_reading("a", 1, reading, None, MORNING - timedelta(hours=1))
        await tx.subscribers.save(
            Subscriber(
                chat_id=7,
                kind="private",
                language="en",
                subscribed=True,
                active=True,
                topics=frozenset(),
                times=(time(8),),
                zone="Europe/Berlin",
                watermark=None,
                next_due_at=MORNING,
                created_at=MORNING,
            )
        )

    composed: list[Edition] = []

    async def compose_for(profile: Profile, window: Window, following: datetime, uncertain: bool) -> Edition:  # noqa: FBT001  the tick's signature
        async with store.read() as tx:
            found = await tx.articles.filed_between(window.start, window.end)
        composed.append(compose(profile, window, found, now=window.end, next_edition=following, uncertain=uncertain))
        return composed[-1]

    assert await Tick(store, compose_for, render_edition, now).run_once(MORNING) == 1
    async with store.begin() as tx:
        (item,) = await tx.outbox.claim(LANES, 10, MORNING)
        assert item.edition_id is not None
        kept = await tx.editions.get(item.edition_id)
    assert item.params["chat_id"] == 7
    assert "2,500" in item.params["text"]
    assert "parse_mode" not in item.params
    assert kept is not None
    assert kept.window == Window(MORNING - timedelta(hours=24), MORNING)
    assert TypeAdapter(Edition).validate_json(kept.body) == lay_out(composed[0], words_in("en"))
