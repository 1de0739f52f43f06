"""Which documents of posts are read, and the text of Word documents of our own making."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Skip
from bot.intake.attached import MAX_FILE_BYTES, WORD, Attached, attached_at, attached_of
from bot.intake.page import read_word
from bot.intake.parser import Parser

SAID = (
    "About 1,200 soldiers will leave the northern garrison by October, the ministry said.",
    "A school with 240 pupils is to close in June, and the barracks are for sale.",
)
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, *, name: str = "word/document.xml", head: str = "") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, f"{head}<w:document {SPACE}><w:body>{body}</w:body></w:document>")
    return made.getvalue()


def paragraph(text: str) -> str:
    half = len(text) // 2
    return f"<w:p><w:r><w:t>{text[:half]}</w:t></w:r><w:r><w:rPr/><w:t>{text[half:]}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"mime_type": "application/pdf"}, "application/pdf"),
        ({"mime_type": "text/plain; charset=utf-8", "file_name": "a.log"}, "text/plain"),
        ({"mime_type": WORD}, WORD),
        ({"mime_type": "application/octet-stream", "file_name": "Report.PDF"}, "application/pdf"),
        ({"file_name": "note.txt", "file_size": MAX_FILE_BYTES}, "text/plain"),
        ({"mime_type": "application/pdf", "file_size": MAX_FILE_BYTES + 1}, None),
        ({"mime_type": "video/mp4", "file_name": "a.pdf"}, None),
        ({"mime_type": "application/zip", "file_name": "a.docx"}, None),
        ({"file_name": "pdf"}, None),
        ({"mime_type": "application/pdf", "file_id": ""}, None),
        ({"mime_type": "application/pdf", "file_id": "a\nb"}, None),
        ({"mime_type": "application/pdf", "file_id": "x" * 501}, None),
    ],
)
def test_pdfs_texts_and_word_documents_of_a_size_that_may_be_had_are_read(
    document: dict[str, Any], kind: str | None
) -> None:
    found = attached_of({"file_id": "BQAC-1_x", **document})
    assert found == (None if kind is None else Attached("BQAC-1_x", kind))
    if found is not None:
        assert attached_at(found.address) == found
        assert len(found.address) < 2048


@given(st.text())
def test_no_address_of_a_page_is_that_of_a_document(text: str) -> None:
    assert attached_at(f"https://{text}") is None
    assert attached_of(text) is None


def test_the_paragraphs_of_a_word_document_are_read() -> None:
    body = "".join(map(paragraph, SAID)) + "<w:p/><w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r></w:p>"
    assert read_word(docx(body), "https://x.example/a").text == "\n\n".join([*SAID, "One two"])


BILLION = (
    '<!DOCTYPE w [<!ENTITY a "ha ha ha ha ha ha ha ha">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    ) + "]>"
)  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"PK\x03\x04 no zip",
        docx("", name="other.xml"),
        docx("<w:p>"),
        docx("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", head=BILLION),
        docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        docx("<w:p><w:r><w:t>" + "a" * 30_000_000 + "</w:t></w:r></w:p>"),
        docx("<w:p>" * 5_000),
    ],
    ids=["nothing", "no zip", "no text", "broken", "a billion laughs", "a file of ours", "a bomb", "nesting"],
)
async def test_hostile_documents_are_unreadable_and_the_next_is_read(raw: bytes) -> None:
    parser = Parser()
    try:
        with pytest.raises(Skip) as raised:
            await parser.page(raw, "telegram-file:docx/x", WORD)
        assert raised.value.code == "page_unreadable"
        page = await parser.page(docx("".join(map(paragraph, SAID))), "telegram-file:docx/x", WORD)
    finally:
        await parser.close()
    assert page.text == "\n\n".join(SAID)
