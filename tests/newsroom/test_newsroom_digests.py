"""A post of several articles, each with its own link, from post to articles: against the real store, gate and parser."""

from typing import TYPE_CHECKING, Any

from news_web import CHANNEL_ID, Web, following, publish, waiting

from bot.store import Store
from models.api import Article

if TYPE_CHECKING:
    from conftest import WoundClock

FERRY = "Ferry runs aground off Port Selwyn, 140 taken ashore"
BANK = "Central bank of Corvenna raises its rate to 4.5 percent"
STRIKE = "Rail strike stops most trains in Arvania for a third day"
VOTE = "Voters in Dunmore choose a new parliament on 14 March"


def digest(web: Web, clock: "WoundClock", *news: tuple[str, str], number: int = 5, **more: Any) -> dict[str, Any]:
    """A numbered digest of headlines, each linked to its path."""
    text, entities = "Morning digest", []
    for at, (words, path) in enumerate(news, 1):
        text += f"\n{at}. "
        entities.append({"type": "text_link", "offset": len(text), "length": len(words), "url": web.link(path)})
        text += words
    chat = {"id": CHANNEL_ID, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    message = {"message_id": number, "chat": chat, "date": int(clock().timestamp()), "text": text, "entities": entities}
    return message | more


def page(title: str, more: str) -> str:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{more}</p></article></body></html>"
    )


def serve(web: Web) -> None:
    web.put(
        "/ferry",
        page(FERRY, "The ferry Maren ran aground on Sunday, and 140 passengers were taken ashore by the coast guard."),
    )
    web.put(
        "/bank",
        page(
            BANK, "The central bank of Corvenna raised its main rate by half a point to 4.5 percent on Sunday evening."
        ),
    )
    web.put(
        "/strike",
        page(STRIKE, "A strike of 3,000 rail workers stopped most trains in Arvania on Sunday, the third day of it."),
    )
    web.put(
        "/vote",
        page(VOTE, "Some 900 polling stations in Dunmore will open on 14 March for the vote, the commission said."),
    )


async def articles(store: Store, clock: "WoundClock") -> dict[str, Article]:
    """What waits to be read, by the path of its page."""
    found = [queued.article for queued in await waiting(store, clock)]
    return {article.page.address.rpartition("/")[2]: article for article in found if article.page is not None}


async def test_each_item_of_a_digest_is_an_article_with_its_own_page(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    serve(web)
    await publish(store, clock, digest(web, clock, (FERRY, "/ferry"), (BANK, "/bank"), (STRIKE, "/strike")))
    async with following(store, web, clock) as loop:
        assert await loop.run_once() == 3
    found = await articles(store, clock)
    assert sorted(found) == ["bank", "ferry", "strike"]
    assert len({article.key for article in found.values()}) == 3
    assert all(article.key.startswith(f"post:{CHANNEL_ID}:5#") for article in found.values())
    assert found["bank"].title == BANK
    assert found["ferry"].link == found["bank"].link == "https://t.me/harbour_wire/5"
    assert found["strike"].outlet == "Harbour Wire"
    assert "140" not in found["bank"].text
    assert "3,000 rail workers" in found["strike"].text


async def test_an_edit_of_a_digest_keeps_what_it_keeps_and_takes_out_what_it_drops(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    serve(web)
    async with following(store, web, clock) as loop:
        await publish(store, clock, digest(web, clock, (FERRY, "/ferry"), (BANK, "/bank"), (STRIKE, "/strike")))
        await loop.run_once()
        before = await articles(store, clock)
        clock.wind(minutes=5)
        told = FERRY.replace("140", "160")
        edit = digest(web, clock, (VOTE, "/vote"), (told, "/ferry"), (STRIKE, "/strike"), edit_date=1)
        await publish(store, clock, edit, edited=True)
        assert await loop.run_once() == 1
    after = await articles(store, clock)
    assert sorted(after) == ["ferry", "strike", "vote"]
    assert {path: after[path].key for path in ("ferry", "strike")} == {
        path: before[path].key for path in ("ferry", "strike")
    }
    assert "160 taken ashore" in f"{after['ferry'].title} {after['ferry'].text}"
    async with store.read() as tx:
        assert await tx.pages.of_article(before["bank"].key) is None


async def test_a_digest_that_becomes_one_article_is_one_and_the_other_way_round(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    items = digest(web, clock, (FERRY, "/ferry"), (BANK, "/bank"))
    whole = f"{FERRY}. Nobody was hurt, the coast guard said, and all of them are ashore."
    one = {**items, "text": whole, "entities": [], "edit_date": 1}
    for first, then, count in ((items, one, 1), (one, items, 2)):
        await publish(store, clock, {**first, "message_id": 5 + count})
        await publish(store, clock, {**then, "message_id": 5 + count}, edited=True)
        async with following(store, web, clock) as loop:
            await loop.run_once()
        keys = [queued.article.key for queued in await waiting(store, clock)]
        mine = [key for key in keys if key.startswith(f"post:{CHANNEL_ID}:{5 + count}")]
        assert len(mine) == count
        assert ["#" in key for key in mine] == [count > 1] * count


async def test_items_without_a_page_are_read_by_their_own_words(store: Store, clock: "WoundClock", web: Web) -> None:
    await publish(store, clock, digest(web, clock, (FERRY, "/gone"), (BANK, "/gone-too")))
    async with following(store, web, clock) as loop:
        await loop.run_once()
    found = sorted(queued.article.text for queued in await waiting(store, clock))
    assert found == [BANK, FERRY]
