"""PDFs of our own making, from their bytes to the article; the parsing child that reads them stays within its limits."""

import zlib
from datetime import UTC, date, datetime
from io import BytesIO

import pypdf
import pytest
from pdf_samples import Line, column, pdf

from bot.errors import Skip
from bot.intake.linked import article_from_page
from bot.intake.page import read_document
from bot.intake.parser import Parser
from bot.intake.pdf import read_pdf

FIRST = (
    "About 1,200 soldiers will leave the northern garrison by the end of the year, the defence ministry said on Monday. "
    "Unquestionably the disproportionately large administration remains."
)
SECOND = (
    "The garrison had 1,900 soldiers in January, and it will have 700 when the withdrawal ends, according to the ministry. "
    "A school with 240 pupils is to close in June."
)
TEXT = f"{FIRST}\n\n{SECOND}"
URL = "https://reports.example/41.pdf"


def letter(number: int) -> str:
    """Twenty different paragraphs for the pages of a report."""
    return f"Paragraph {'abcdefghijklmnopqrst'[number]} tells that {300 + number} houses were counted in the district, the council said."


def test_lines_become_paragraphs_and_broken_words_whole() -> None:
    for wide in range(30, 100, 7):
        assert read_pdf(pdf([column(TEXT, wide=wide)])).text == TEXT, wide


def test_a_hyphen_of_its_own_stays_where_a_line_ends_with_it() -> None:
    lines = [
        "The long-term plan was voted for, and the long-",
        "term costs were not told; the years 2019-",
        "2021 are in it, too, the council said.",
    ]
    told = read_pdf(pdf([[Line(60, 760 - 13 * at, text) for at, text in enumerate(lines)]])).text
    assert "long-term costs" in told
    assert "2019-2021" in told


def test_what_is_printed_on_every_page_is_left_out_and_the_text_goes_on_over_pages() -> None:
    pages = [
        [
            Line(60, 815, "Harbour Wire - Situation report 41", 8),
            *column("\n\n".join(letter(4 * page + at) for at in range(4)), wide=80),
            Line(60, 40, "Copying is allowed", 8),
            Line(290, 28, f"Page {page + 1} of 5", 8),
        ]
        for page in range(5)
    ]
    told = read_pdf(pdf(pages)).text
    assert told.split("\n\n") == [letter(number) for number in range(20)]


def test_a_sentence_goes_on_over_the_page() -> None:
    one, two = column(FIRST[:150].rpartition(" ")[0]), column(FIRST[len(FIRST[:150].rpartition(" ")[0]) :].strip())
    assert read_pdf(pdf([[*one, Line(290, 28, "1")], [*two, Line(290, 28, "2")]])).text == FIRST


@pytest.mark.parametrize("by_rows", [False, True])
def test_two_columns_are_read_one_after_the_other(*, by_rows: bool) -> None:
    left, right = column(TEXT, wide=40), column(TEXT.replace("1,200", "3,400"), x=330, wide=40)
    drawn = [line for pair in zip(left, right, strict=True) for line in pair] if by_rows else [*left, *right]
    told = read_pdf(pdf([[Line(60, 800, "Northern garrison to shrink", 18), *drawn]]))
    assert told.title == "Northern garrison to shrink"
    assert told.text.split("\n\n")[1:] == [*TEXT.split("\n\n"), *TEXT.replace("1,200", "3,400").split("\n\n")]


def test_a_table_stays_in_its_rows() -> None:
    rows = [
        ("Varda", "1,200", "killed"),
        ("Dunmore", "340", "killed"),
        ("Tarnby", "12", "killed"),
        ("Kharan", "7", "killed"),
        ("Sabra", "3", "killed"),
    ]
    cells = [
        Line(60 + 150 * at, 700 - 14 * row, cell) for row, cells in enumerate(rows) for at, cell in enumerate(cells)
    ]
    told = " ".join(read_pdf(pdf([[*column(FIRST), *cells]])).text.split())
    assert "Varda 1,200 killed Dunmore 340 killed" in told


def test_the_fonts_of_another_writer_are_read() -> None:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    for kind in (3, 42):
        figure, made = Figure(figsize=(8, 11)), BytesIO()
        for at, line in enumerate(column(TEXT, wide=80)):
            figure.text(0.1, 0.9 - 0.02 * at, line.text)
        with rc_context({"pdf.fonttype": kind}):
            figure.savefig(made, format="pdf")
        assert read_pdf(made.getvalue()).text.replace("\n\n", " ") == TEXT.replace("\n\n", " ")


def test_title_and_day_are_those_of_the_file_and_a_name_of_a_file_is_no_title() -> None:
    page = read_document(
        pdf([column(TEXT)], title="Northern garrison to shrink", created="D:20261103120000+01'00'"), URL
    )
    assert (page.title, page.made, page.outlet, page.url) == (
        "Northern garrison to shrink",
        date(2026, 11, 3),
        "reports.example",
        URL,
    )
    assert read_pdf(pdf([column(TEXT)], title="Microsoft Word - report final.docx")).title is None
    posted = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    assert article_from_page(page, published=posted, key="k").reference == date(2026, 11, 3)
    fresh = read_document(pdf([column(TEXT)], created="D:20261121220000Z"), URL)
    assert article_from_page(fresh, published=posted, key="k").reference == date(2026, 11, 22)


def locked(password: str, algorithm: str) -> bytes:
    writer, made = pypdf.PdfWriter(), BytesIO()
    writer.append(BytesIO(pdf([column(TEXT)])))
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (locked("secret", "RC4-128"), "page_pdf_locked"),
        (pdf([[]]), "page_pdf_scan"),
        (pdf([[Line(60, 700, "Scanned by the office")]]), "page_pdf_scan"),
        (b"%PDF-1.7", "page_unreadable"),
        (b"", "page_unreadable"),
        (b"<html>", "page_unreadable"),
        (pdf([column(TEXT)])[:400], "page_unreadable"),
    ],
)
def test_what_has_no_text_to_read_is_told_by_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(Skip) as raised:
        read_document(raw, URL)
    assert raised.value.code == reason


def test_a_pdf_that_is_locked_with_no_password_is_read() -> None:
    assert read_pdf(locked("", "RC4-128")).text == TEXT


async def test_giants_and_loops_cost_a_child_at_most_and_the_next_is_read() -> None:
    flood = b"BT /F1 10 Tf 1 0 0 1 60 700 Tm " + b"(flood of words ) Tj " * 3_000_000 + b"ET"
    body = zlib.compress(zlib.compress(flood))
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(body), body)
    bomb = (
        pdf([column(TEXT)])
        .replace(b"6 0 obj\n", b"9 0 obj\n")
        .replace(b"\nxref", b"\n6 0 obj\n" + stream + b"\nendobj\nxref")
    )
    ring = pdf([column(TEXT)]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    parser = Parser()
    try:
        for raw in (bomb, ring, b"%PDF-1.4\n" + b"[" * 2_000_000, b"%PDF-1.4\n1 0 obj\n" + b"<<" * 500_000):
            with pytest.raises(Skip):
                await parser.page(raw, URL, "application/pdf")
            page = await parser.page(pdf([column(TEXT)]), URL, "application/pdf")
            assert page.text == TEXT
    finally:
        await parser.close()
