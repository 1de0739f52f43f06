"""Files on their way: from the outbox by multipart upload to the sandbox's server, and kept no longer than needed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from telegram import Bot

from bot.delivery.limiter import Limiter, Rates
from bot.delivery.sender import Sender
from bot.sandbox.client import SandboxClient
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.pictures import plain_png
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID, SAMPLE_TOKEN, SandboxServer
from bot.store import Attachment, Kind, Lane, NewOutboxItem, State, Store
from bot.telegram.request import DirectRequest

FAST = Rates(overall_per_s=1000, chat_per_s=1000, chat_burst=50, group_per_min=100_000)
PNG = plain_png(40, 30)
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

chart = NewOutboxItem(
    chat_id=SAMPLE_READER_ID,
    lane=Lane.REPLY,
    kind=Kind.REPLY,
    method="sendPhoto",
    params={
        "chat_id": SAMPLE_READER_ID,
        "caption": "Ships waiting",
        "caption_entities": [{"type": "bold", "offset": 0, "length": 5}],
    },
    dedupe_key="reply:1:0",
    attachment=Attachment(field="photo", filename="ships.png", media_type="image/png", content=PNG),
)
calendar = replace(
    chart,
    method="sendDocument",
    params={"chat_id": SAMPLE_READER_ID, "caption": "Dates"},
    dedupe_key="reply:1:1",
    attachment=Attachment(field="document", filename="dates.ics", media_type="text/calendar", content=CALENDAR),
)


@pytest.fixture
def all_that_leaves() -> None:
    """Some of these are about what Telegram refuses."""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def telegram() -> AsyncIterator[SandboxServer]:
    async with SandboxServer(limits=None) as server:
        async with SandboxClient(server.base_url) as client:
            await client.say(SAMPLE_READER, "/start")
        yield server


@pytest.fixture
async def people(telegram: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(telegram.base_url) as client:
        yield client


@pytest.fixture(autouse=True)
async def sending(telegram: SandboxServer, store: Store) -> AsyncIterator[None]:
    async with Bot(SAMPLE_TOKEN, base_url=telegram.base_url, request=DirectRequest(8, connect_s=2, answer_s=2)) as bot:
        task = asyncio.create_task(Sender(store, bot, Limiter(FAST), now).run())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def put(store: Store, item: NewOutboxItem) -> None:
    async with store.begin() as tx:
        await tx.outbox.put(item, now())


async def settled(store: Store, state: State) -> tuple[int, bool]:
    """How often the only row was tried, and whether its file is still kept, once it stands so."""
    for _ in range(300):
        async with store.read() as tx:
            rows = await tx.outbox._connection.exec_driver_sql("SELECT state, attempts, file_content FROM outbox")
            (row,) = rows.all()
        if row.state == state:
            return row.attempts, row.file_content is not None
        await asyncio.sleep(0.02)
    pytest.fail(f"the row is {row.state}, not {state}")


async def test_a_photo_and_a_document_arrive_with_their_bytes_names_and_captions(
    store: Store, people: SandboxClient
) -> None:
    await put(store, chart)
    picture = await people.wait_for(SAMPLE_READER, lambda message: message.file_name == "photo")
    assert picture.text == "Ships waiting"
    assert picture.marked("bold") == ("Ships",)
    assert await people.download(picture) == PNG
    await put(store, calendar)
    dates = await people.wait_for(SAMPLE_READER, lambda message: message.file_name == "dates.ics")
    assert await people.download(dates) == CALENDAR


async def test_a_file_is_kept_until_it_is_sent_and_no_longer(
    store: Store, telegram: SandboxServer, people: SandboxClient
) -> None:
    telegram.world.faults.add(Fault(kind=FaultKind.SERVER_ERROR, method="sendPhoto", times=1, after=True))
    await put(store, chart)
    attempts, kept = await settled(store, State.SENT)
    assert attempts == 2
    assert not kept
    pictures = [message for message in await people.chat(SAMPLE_READER) if message.file_name == "photo"]
    assert [await people.download(picture) for picture in pictures] == [PNG, PNG]


async def test_a_picture_whose_caption_is_refused_goes_out_with_a_plain_one(
    store: Store, people: SandboxClient
) -> None:
    wrong = [{"type": "bold", "offset": 500, "length": 5}]
    await put(store, replace(chart, params={**chart.params, "caption_entities": wrong}))
    picture = await people.wait_for(SAMPLE_READER, lambda message: message.file_name == "photo")
    assert picture.text == "Ships waiting"
    assert picture.entities == ()
    assert await people.download(picture) == PNG


async def test_what_is_no_picture_is_parked_without_its_bytes(store: Store) -> None:
    assert chart.attachment is not None
    await put(store, replace(chart, attachment=replace(chart.attachment, content=b"not a picture")))
    attempts, kept = await settled(store, State.PARKED)
    assert attempts == 2
    assert not kept
