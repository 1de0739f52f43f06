"""Posts of several articles and posts of one with several links, in the shapes that channels give them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.digest import Item, items_of
from bot.intake.post import Post, read_post

FERRY = "Ferry runs aground off Port Selwyn, 140 taken ashore"
BANK = "Central bank of Corvenna raises its rate to 4.5 percent"
STRIKE = "Rail strike stops most trains in Arvania for a third day"
VOTE = "Voters in Dunmore choose a new parliament on 14 March"
NEWS = (FERRY, BANK, STRIKE)
LONG = (
    "The ministry of defence said on Monday that 1,200 soldiers would leave the northern garrison by October, after months of "
    "talks with the district council of Varda about the barracks, the school and the shops of the town. "
)


def post(*pieces: str | tuple[str, str], **more: Any) -> Post:
    """A post put together of plain text and of (words, address); an address behind itself is one that is written out."""
    text, entities = "", []
    for piece in pieces:
        words, url = (piece, None) if isinstance(piece, str) else piece
        if url is not None:
            at, length = (len(part.encode("utf-16-le")) // 2 for part in (text, words))
            kind = {"type": "url"} if words == url else {"type": "text_link", "url": url}
            entities.append({**kind, "offset": at, "length": length})
        text += words
    chat = {"id": -1001234567890, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    return read_post({"message_id": 7, "date": 1795341600, "chat": chat, "text": text, "entities": entities} | more)


def url(at: int) -> str:
    return f"https://wire.example/{at}"


def written(at: int) -> tuple[str, str]:
    return url(at), url(at)


def rows(form: str, news: tuple[str, ...] = NEWS, between: str = "\n") -> list[str | tuple[str, str]]:
    """One row for each piece of news: ``{n}`` its number, ``{news}`` its words, ``{NEWS}`` its words linked, ``{url}`` and ``{more}`` links."""
    pieces: list[str | tuple[str, str]] = []
    for at, said in enumerate(news, 1):
        if at > 1:
            pieces.append(between)
        for part in form.replace("{", "\0{").replace("}", "}\0").split("\0"):
            linked = {"{NEWS}": (said, url(at)), "{url}": written(at), "{more}": ("Read more", url(at))}
            pieces.append(linked.get(part) or {"{n}": str(at), "{news}": said}.get(part, part))
    return [piece for piece in pieces if piece]


DIGESTS: dict[str, Post] = {
    "numbered, linked words": post("Morning digest\n\n", *rows("{n}. {NEWS}")),
    "numbered in brackets, written addresses": post(*rows("{n}) {news} {url}")),
    "keycap numbers": post(*rows("{n}\ufe0f\u20e3 {NEWS}", between="\n\n")),
    "bullets with a call": post("Top stories\n\n", *rows("• {news} ({more})")),
    "dashes": post("What you missed:\n", *rows("- {NEWS}")),
    "coloured dots, blank lines": post(*rows("🔴 {news}\n{more}", between="\n\n")),
    "arrows behind": post(*rows("▪️ {news} {more} →")),
    "blank lines, the headline linked": post(*rows("{NEWS}", between="\n\n")),
    "blank lines, an address below": post(*rows("{news}\n{url}", between="\n\n")),
    "blank lines, headline and teaser": post(*rows("{NEWS}\nThe details will follow in the afternoon.", between="\n\n")),
    "a title and two paragraphs": post("Evening briefing, 22 November\n\n", *rows("{news}. {more}", NEWS[:2], between="\n\n")),
    "one line each": post(*rows("{NEWS}")),
    "an invitation below": post("News of the day\n\n", *rows("{n}. {NEWS}"), "\n\n", ("Join our channel", "https://t.me/harbour_wire")),
    "an invitation as the last mark": post(*rows("• {NEWS}"), "\n\n", "👉 ", ("Subscribe", "https://t.me/harbour_wire")),
    "a name in common under a digest's title": post(
        "Arvania: news this week\n\n", *rows("• {NEWS}", (STRIKE, "Parliament of Arvania passes its budget by 12 votes"))
    ),
    "days in common": post(*rows("• {NEWS}", ("Trains stop in Arvania on Monday", "Banks close early in Corvenna on Monday"))),
    "tracking of each its own": post(*[piece if isinstance(piece, str) else (piece[0], piece[1] + "?utm_source=tg") for piece in rows("{n}. {NEWS}")]),
}  # fmt: skip

ARTICLES: dict[str, Post] = {
    "one link": post(FERRY, " ", written(1)),
    "a text with links as a list below": post(FERRY, ", the coast guard said on Sunday.\n\n", *rows("• {NEWS}", (BANK, STRIKE))),
    "no link": post(*rows("• {news}")),
    "sources in the text": post(
        LONG, "It follows ", ("a vote of the council", url(1)), ".\n\n", LONG, "The mayor ", ("wrote about it", url(2)), " in May.\n\n",
        LONG, ("The report", url(3)), " is public.",
    ),
    "links in two paragraphs of one story": post(FERRY, ". ", ("More", url(1)), "\n\nIt had left in the morning with a new crew. ", ("More", url(2))),
    "paragraphs that go on": post(*rows("{news}. {more}", (FERRY, "The ship had left at noon with a new crew", "He said nobody was hurt by it"), between="\n\n")),
    "related articles below a long text": post(LONG, LONG, "\n\nRelated:\n", *rows("• {NEWS}")),
    "related articles below a short text": post(FERRY, ".\n\nRead also:\n", *rows("• {NEWS}", (BANK, STRIKE))),
    "a list of sources": post(FERRY, "\n\nSources:\n", *rows("- {NEWS}", ("Coast guard", "Harbour master", "Ship owner"))),
    "what we know": post("What we know about the ferry:\n\n", *rows("• {news} {more}", ("About 140 people were taken ashore", "Nobody was hurt, doctors say", "Repairs will take two weeks"))),
    "one event by its name": post(*rows("• {NEWS}", ("Selwyn ferry runs aground", "Captain of the Selwyn ferry is questioned", "Owner of Selwyn ferry promises help"))),
    "the same link twice": post("• ", (FERRY, url(1)), "\n• ", (BANK, url(1))),
    "two links in one item": post("• ", (FERRY, url(1)), " and ", ("photos", url(4)), "\n• ", (BANK, url(2))),
    "an item without a link between": post("• ", (FERRY, url(1)), "\n• ", BANK, "\n• ", (STRIKE, url(3))),
    "languages of one article": post(FERRY, "\n\n", ("English", url(1)), "\n", ("Deutsch", url(2)), "\n", ("Français", url(3))),
    "a text and its translation": post(FERRY, "\n", written(1), "\n\nFähre vor Port Selwyn auf Grund gelaufen\n", written(2)),
    "two paragraphs with a link each": post(*rows("{news}. {url}", (FERRY, BANK), between="\n\n")),
    "an update": post("UPDATE: ferry\n\n", *rows("• {NEWS}")),
    "channels and networks": post(FERRY, "\n\n• ", ("Follow us on X", "https://x.com/wire"), "\n• ", ("Watch the video of it here", "https://youtu.be/1"), "\n• ", ("Give to our newsroom", "https://wire.example/donate")),
    "a poll": post(poll={"question": "Which?", "question_entities": [], "options": []}, text=None),
}  # fmt: skip


@pytest.mark.parametrize("shape", DIGESTS.values(), ids=DIGESTS)
def test_a_digest_is_taken_apart_into_its_articles(shape: Post) -> None:
    items = items_of([shape])
    links = [link for link in shape.links if "t.me" not in link]
    assert [item.link for item in items] == [link.partition("?")[0] for link in links]
    assert len({item.name for item in items}) == len(items)
    for item in items:
        first = item.text.split("\n")[0]
        assert first.rstrip(".") in shape.text
        assert first[0].isupper()
        assert "http" not in item.text
        assert "Read more" not in item.text


@pytest.mark.parametrize("shape", ARTICLES.values(), ids=ARTICLES)
def test_an_article_with_several_links_stays_one(shape: Post) -> None:
    assert items_of([shape]) == ()


def test_an_item_is_the_same_wherever_an_edit_puts_it_and_however_it_words_it() -> None:
    before = items_of([post("Morning digest\n\n", *rows("{n}. {NEWS}"))])
    after = items_of(
        [
            post(
                "Morning digest\n\n1. ", (VOTE, url(9)), "\n2. ", (f"{FERRY.replace('140', '160')}", url(1)), "\n3. ", (STRIKE, url(3))
            )
        ]
    )  # fmt: skip
    assert [item.name for item in after[1:]] == [before[0].name, before[2].name]
    assert after[0].name not in {item.name for item in before}


def test_the_lists_of_rich_messages_are_digests_too() -> None:
    def entry(at: int, words: str) -> dict[str, Any]:
        return {"blocks": [{"type": "paragraph", "text": [{"type": "url", "url": url(at), "text": words}]}]}

    blocks = [
        {"type": "heading", "text": "Morning briefing"},
        {"type": "list", "items": [entry(at, words) for at, words in enumerate(NEWS)]},
    ]
    made = items_of([post(text=None, rich_message={"blocks": blocks})])
    assert [(item.text, item.link) for item in made] == [(words, url(at)) for at, words in enumerate(NEWS)]


def test_an_album_is_a_digest_by_its_one_caption() -> None:
    told = post(*rows("• {NEWS}"), photo=[{}], media_group_id="1")
    bare = post("", photo=[{}], media_group_id="1", message_id=8)
    assert len(items_of([bare, told])) == 3
    assert items_of([told, post(FERRY, photo=[{}], media_group_id="1", message_id=9)]) == ()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["• ", "1. ", "\n", "\n\n", "", "Read more", FERRY, " " * 400, "🔴"]), st.booleans()),
        max_size=40,
    )
)
def test_whatever_is_posted_an_item_has_words_and_a_link_of_its_own(pieces: list[tuple[str, bool]]) -> None:
    made = post(*((words, url(at)) if linked and words else words for at, (words, linked) in enumerate(pieces)))
    items: tuple[Item, ...] = items_of([made])
    assert len(items) != 1
    assert len({item.link for item in items}) == len(items)
    assert all(item.text.strip() for item in items)
