"""Articles that come as files, texts and links: added with the button, or dropped on the channel."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pdf_samples import Line, pdf
from telegram import Bot

from bot.intake.attached import WORD, attached_of
from bot.sandbox.client import SandboxClient
from bot.sandbox.pictures import plain_png

if TYPE_CHECKING:
    from playwright.async_api import Page

Picture = Callable[["Page", str], Awaitable[None]]
CHANNEL = -1_001_000_000_001
DROP = """({kind, name, data}) => {
  const carried = new DataTransfer();
  const bytes = () => Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  if (kind === "file") carried.items.add(new File([bytes()], name)); else carried.setData(kind, data);
  for (const event of ["dragover", "drop"]) {
    document.querySelector("#channel-thread").dispatchEvent(new DragEvent(event, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""

pytestmark = pytest.mark.browser


def word_file() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>")
    return made.getvalue()


REPORT = pdf([[Line(72, 700, "Ferries run again, the harbour authority said.")]])
FILES = (
    ("report.pdf", REPORT, "application/pdf"),
    ("REPORT.DOCX", word_file(), WORD),
    ("ferry.txt", "Fähren fahren wieder".encode(), "text/plain"),
)


async def drop(page: Page, name: str, data: bytes) -> None:
    await page.evaluate(DROP, {"kind": "file", "name": name, "data": base64.b64encode(data).decode()})


@pytest.mark.parametrize("way", ["adding", "dropping"])
async def test_a_document_reaches_the_bot_as_one_that_it_reads(
    page: Page, ptb: Bot, picture: Picture, way: str
) -> None:
    posts = page.get_by_role("log", name="Posts in the channel")
    for name, data, kind in FILES:
        if way == "adding":
            await page.get_by_label("Add a file").set_input_files([{"name": name, "mimeType": kind, "buffer": data}])
        else:
            await drop(page, name, data)
        await posts.get_by_role("link", name=name).wait_for()
        await page.get_by_role("status").get_by_text(f"Published {name}").wait_for()
    await picture(page, f"documents-{way}")
    for update, (name, data, kind) in zip(await ptb.get_updates(), FILES, strict=True):
        post = update.channel_post
        assert post is not None
        assert post.document is not None
        attached = attached_of(post.document.to_dict())
        assert attached is not None
        assert attached.content_type == kind
        assert post.document.file_name == name
        assert bytes(await (await ptb.get_file(post.document)).download_as_bytearray()) == data


async def test_what_stands_in_the_box_is_the_caption_of_a_file(page: Page, people: SandboxClient) -> None:
    box = page.get_by_label("Article to publish")
    await box.fill("x" * 1025)
    await drop(page, "report.pdf", REPORT)
    await page.get_by_role("status").get_by_text("longer than a caption").wait_for()
    assert await box.input_value() == "x" * 1025
    await box.fill("The authority’s report")
    await drop(page, "report.pdf", REPORT)
    await page.get_by_role("status").get_by_text("Published report.pdf").wait_for()
    assert await box.input_value() == ""
    assert [message.text for message in await people.chat(CHANNEL)] == ["The authority’s report"]


async def test_of_a_file_that_is_none_for_the_bot_it_is_said_what_to_do(
    page: Page, people: SandboxClient, picture: Picture
) -> None:
    told = page.get_by_role("status")
    for name, data, said in (
        ("page.html", b"<p>Ferries", "Paste the address of the page instead, or save it as a PDF."),
        ("old.doc", b"\xd0\xcf", "Save it as .docx or PDF."),
        ("sound.mp3", b"ID3", "the bot reads PDF, .docx, .txt and .md files"),
        ("fake.pdf", b"<html>", "is no PDF"),
        ("fake.docx", b"%PDF-1.7", "is no Word document"),
        ("latin.txt", "F\xe4hre".encode("latin-1"), "is not UTF-8"),
        ("latin.md", "F\xe4hre".encode("latin-1"), "is not UTF-8"),
        ("blank.md", b" \n", "is empty"),
        ("nothing.pdf", b"", "is empty"),
        ("book.pdf", b"%PDF-" + b" " * 20 * 2**20, "is larger than 20 MB"),
    ):
        await page.get_by_label("Add a file").set_input_files([{"name": name, "mimeType": "", "buffer": data}])
        await told.get_by_text(said).wait_for()
    await page.get_by_label("Add a file").set_input_files([
        {"name": "page.html", "mimeType": "text/html", "buffer": b"<p>Ferries"},
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": REPORT},
    ])  # fmt: skip
    await told.get_by_text("Published report.pdf").wait_for()
    await told.get_by_text("page.html cannot be published").wait_for()
    await picture(page, "files-refused")
    assert len(await people.chat(CHANNEL)) == 1


async def test_texts_links_and_pictures_are_published_by_adding_and_dropping(page: Page, people: SandboxClient) -> None:
    await page.get_by_label("Add a file").set_input_files([
        {"name": "ferry.md", "mimeType": "text/markdown", "buffer": "Fähren fahren wieder".encode()},
        {"name": "quay.png", "mimeType": "image/png", "buffer": plain_png()},
    ])  # fmt: skip
    posts = page.get_by_role("log", name="Posts in the channel")
    await posts.get_by_text("Fähren fahren wieder").wait_for()
    await posts.get_by_role("img", name="Photo").wait_for()
    for kind, text in (("text/uri-list", "https://example.org/a"), ("text/plain", "A text")):
        await page.evaluate(DROP, {"kind": kind, "name": "", "data": text})
        await posts.get_by_text(text).wait_for()
    await drop(page, "dropped.md", b"# A file")
    await posts.get_by_text("# A file").wait_for()
    assert not await page.locator("#drop").is_visible()
    said = [message.text for message in await people.chat(CHANNEL)]
    assert said == ["Fähren fahren wieder", "", "https://example.org/a", "A text", "# A file"]


async def test_the_pane_says_what_may_be_dropped_on_it(page: Page, picture: Picture) -> None:
    await page.get_by_role("heading", name="Sample Wire").wait_for()
    await page.evaluate(DROP.replace(', "drop"', ""), {"kind": "text/plain", "name": "", "data": "A text"})
    said = await page.locator("#drop").inner_text()
    assert "in Sample Wire: a text, a link, a picture, a PDF, .docx, .txt or .md file" in said
    await picture(page, "drop")


BESIDE = """() => {
  const carried = new DataTransfer();
  carried.items.add(new File(["text"], "a.txt"));
  const left = (kind) => document.querySelector("header").dispatchEvent(
    new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
  return ["dragover", "drop"].filter(left);
}"""


async def test_a_file_dropped_beside_the_pane_does_not_take_the_page_away(page: Page) -> None:
    left_to_the_browser = await page.evaluate(BESIDE)
    assert left_to_the_browser == []
