"""What becomes of a post's link: against the real store, gate and parser, and a web server of this machine."""

from typing import TYPE_CHECKING

import pytest
from news_web import CHANNEL_ID, Web, following, post, publish, reason_of, waiting
from pdf_samples import column, pdf

from bot.store import PageState, Store

if TYPE_CHECKING:
    from conftest import WoundClock

PAGE = """<html lang="en-GB"><head><title>Ferry aground off Port Selwyn | The Ledger</title>
<meta property="og:site_name" content="The Ledger"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2026-11-22T10:30:00+01:00"><link rel="canonical" href="/ferry"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry aground off Port Selwyn</h1>
<p>A ferry ran aground off Port Selwyn on Sunday, and 140 passengers were taken ashore by the coast guard.</p>
<p>The operator said that the ferry would be out of service until 12 December, and that repairs would cost 3 million euros.</p>
<p>The harbour master said the wind had reached 95 kilometres an hour when the ferry lost its engine.</p></article></body></html>"""
NEWS = (
    "The ferry Maren is aground off Port Selwyn. Nobody was hurt, the coast guard said, and 140 passengers are ashore."
)


async def test_a_post_is_read_at_once_and_again_when_its_page_came(store: Store, clock: "WoundClock", web: Web) -> None:
    web.put("/ferry", PAGE)
    when = int(clock().timestamp())
    assert await publish(store, clock, post(5, NEWS, web.link("/ferry?utm_source=tg&id=3#top"), when))
    [queued] = await waiting(store, clock)
    assert "140 passengers are ashore" in queued.article.text
    assert queued.article.page is None
    web.put("/ferry?id=3", PAGE)
    async with following(store, web, clock) as loop:
        assert await loop.run_once() == 1
        assert await loop.run_once() == 0
    assert web.paths() == ["/robots.txt", "/ferry?id=3"]
    assert "user-agent: sitrep/" in web.asked[1].lower()
    [queued] = await waiting(store, clock)
    article = queued.article
    assert article.outlet == "Harbour Wire"
    assert article.link == "https://t.me/harbour_wire/5"
    assert article.page is not None
    assert (article.page.outlet, article.page.byline, article.page.language) == ("The Ledger", "Jane Doe", "en-GB")
    assert article.page.address == web.link("/ferry")
    assert article.page.published is not None
    assert article.page.published.isoformat() == "2026-11-22T10:30:00+01:00"
    assert article.text[: article.page.start].strip() == NEWS
    assert "3 million euros" in article.text[article.page.start :]


async def test_a_link_alone_waits_for_its_page(store: Store, clock: "WoundClock", web: Web) -> None:
    web.put("/ferry", PAGE)
    assert not await publish(store, clock, post(5, "Ferry", web.link("/ferry"), int(clock().timestamp())))
    assert await waiting(store, clock) == []
    async with following(store, web, clock) as loop:
        await loop.run_once()
    [queued] = await waiting(store, clock)
    assert queued.article.title == "Ferry aground off Port Selwyn"
    assert queued.article.text.startswith("A ferry ran aground")


@pytest.mark.parametrize(
    ("status", "body", "header", "reason"),
    [
        ("404 Not Found", "", "x-a: b", "page_gone"),
        ("410 Gone", "", "x-a: b", "page_gone"),
        ("401 Unauthorized", "", "x-a: b", "page_login"),
        ("200 OK", "<p>Subscribe to continue reading this article. Already a subscriber? Log in.</p>", "x-a: b", "page_paywall"),
        ("200 OK", "<p>Before you continue: we use cookies. Accept all or reject all.</p>", "x-a: b", "page_consent"),
        ("200 OK", "<form>Name <input type=text> <input type=password></form>", "x-a: b", "page_login"),
        ("200 OK", "<meta property='og:type' content='video.other'><p>Watch the ferry.</p>", "x-a: b", "page_video"),
        ("200 OK", "<a href=/>Home</a>", "x-a: b", "page_unreadable"),
        ("200 OK", PAGE.replace("</head>", '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script></head>'), "x-a: b", "page_paywall"),
    ],
)  # fmt: skip
async def test_where_there_is_nothing_to_read_the_post_is_read_and_the_reason_kept(
    store: Store, clock: "WoundClock", web: Web, status: str, body: str, header: str, reason: str
) -> None:
    web.put("/ferry", body, header, status=status)
    await publish(store, clock, post(5, "Ferry aground off Selwyn", web.link("/ferry"), int(clock().timestamp())))
    assert await waiting(store, clock) == []
    async with following(store, web, clock) as loop:
        await loop.run_once()
    [queued] = await waiting(store, clock)
    assert queued.article.text == "Ferry aground off Selwyn"
    assert queued.article.page is None
    assert await reason_of(store, f"post:{CHANNEL_ID}:5") == reason


async def test_a_pdf_is_read_by_its_text_and_one_of_pictures_is_told_by_its_reason(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    report = (
        "The ferry Maren ran aground at 04:20, and repairs will cost 3 million euros, the inquiry says in its report."
    )
    web.pages["/report"] = (
        "200 OK",
        ["content-type: application/pdf"],
        pdf([column(report)], title="Report on the ferry Maren"),
    )
    web.pages["/scan"] = ("200 OK", ["content-type: application/pdf"], pdf([[]]))
    when = int(clock().timestamp())
    await publish(store, clock, post(5, NEWS, web.link("/report"), when))
    await publish(store, clock, post(6, NEWS, web.link("/scan"), when))
    async with following(store, web, clock) as loop:
        assert await loop.run_once() == 2
    found = {queued.article.key[-1]: queued.article for queued in await waiting(store, clock)}
    assert found["5"].page is not None
    assert found["5"].text[found["5"].page.start :] == report
    assert found["5"].page.address == web.link("/report")
    assert found["6"].page is None
    assert await reason_of(store, f"post:{CHANNEL_ID}:6") == "page_pdf_scan"


async def test_what_robots_are_not_wanted_for_is_left_alone(store: Store, clock: "WoundClock", web: Web) -> None:
    web.pages["/robots.txt"] = ("200 OK", ["content-type: text/plain"], "User-agent: Sitrep\nDisallow: /*.pdf$")
    web.put("/private/ferry.pdf", PAGE)
    await publish(store, clock, post(6, NEWS, web.link("/private/ferry.pdf"), int(clock().timestamp())))
    async with following(store, web, clock) as loop:
        assert await loop.run_once() == 1
    assert await reason_of(store, f"post:{CHANNEL_ID}:6") == "robots_refused"
    assert web.paths() == ["/robots.txt"]


async def test_a_host_is_asked_one_thing_at_a_time_and_a_page_once_however_many_link_to_it(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    when = int(clock().timestamp())
    for number in range(4):
        web.put(f"/{number}", PAGE)
        await publish(store, clock, post(number, NEWS, web.link(f"/{number}"), when))
        await publish(store, clock, post(10 + number, NEWS, web.link(f"/{number}#again"), when))
    async with following(store, web, clock) as loop:
        assert await loop.run_once() == 4
    assert sorted(web.paths()) == ["/0", "/1", "/2", "/3", "/robots.txt"]
    assert web.most_at_once == 1
    assert all(queued.article.page for queued in await waiting(store, clock))


async def test_a_page_is_asked_for_again_only_after_a_while_and_only_if_it_changed(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    web.put("/ferry", PAGE, 'etag: "v1"')
    when = int(clock().timestamp())
    async with following(store, web, clock) as loop:
        await publish(store, clock, post(5, NEWS, web.link("/ferry"), when))
        await loop.run_once()
        await publish(store, clock, post(6, NEWS, web.link("/ferry"), when))
        assert await loop.run_once() == 0
        clock.wind(hours=2)
        await publish(store, clock, post(5, NEWS + " More soon.", web.link("/ferry"), when), edited=True)
        assert await loop.run_once() == 1
    assert web.paths() == ["/robots.txt", "/ferry", "/ferry"]
    assert 'if-none-match: "v1"' in web.asked[-1].lower()
    assert all(queued.article.page for queued in await waiting(store, clock))


async def test_a_server_in_trouble_is_asked_again_later_and_given_up_at_last(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    web.put("/ferry", "", status="503 Service Unavailable")
    await publish(store, clock, post(5, "Ferry aground off Selwyn", web.link("/ferry"), int(clock().timestamp())))
    tried = 0
    async with following(store, web, clock) as loop:
        await loop.run_once()
        [queued] = await waiting(store, clock)
        assert queued.article.text == "Ferry aground off Selwyn"
        for _ in range(10):
            clock.wind(hours=7)
            tried += await loop.run_once()
    assert tried == 4
    async with store.read() as tx:
        page = await tx.pages.of_article(f"post:{CHANNEL_ID}:5")
    assert page is not None
    assert (page.state, page.reason) == (PageState.REFUSED, "fetch_status")


async def test_a_post_that_repeats_its_page_is_read_as_the_page_on_the_day_of_the_page(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    web.put("/ferry", PAGE.replace("2026-11-22", "2026-11-20"))
    told = "A ferry ran aground off Port Selwyn on Sunday, and 140 passengers were taken ashore by the coast guard."
    await publish(store, clock, post(5, told, web.link("/ferry"), int(clock().timestamp())))
    async with following(store, web, clock) as loop:
        await loop.run_once()
    [queued] = await waiting(store, clock)
    assert queued.article.page is not None
    assert queued.article.page.start == 0
    assert queued.article.reference.isoformat() == "2026-11-20"
    assert queued.article.text.count("140 passengers") == 1


async def test_a_page_of_another_day_is_left_out_of_a_post_with_words_of_its_own(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    web.put("/ferry", PAGE.replace("2026-11-22", "2026-11-21"))
    await publish(store, clock, post(5, NEWS, web.link("/ferry"), int(clock().timestamp())))
    async with following(store, web, clock) as loop:
        await loop.run_once()
    [queued] = await waiting(store, clock)
    assert queued.article.page is None


async def test_a_canonical_address_is_believed_only_of_its_own_host(
    store: Store, clock: "WoundClock", web: Web
) -> None:
    web.put("/ferry", PAGE.replace('href="/ferry"', 'href="https://bank.example/login"'))
    await publish(store, clock, post(5, NEWS, web.link("/ferry"), int(clock().timestamp())))
    async with following(store, web, clock) as loop:
        await loop.run_once()
    [queued] = await waiting(store, clock)
    assert queued.article.page is not None
    assert queued.article.page.address == web.link("/ferry")
