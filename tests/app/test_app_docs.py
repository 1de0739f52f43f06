"""The documentation says what the code says, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.licences import is_allowed, packages
from bot.reference import PAGES, made_pages

ROOT = Path(__file__).resolve().parents[2]
PAGES_OF_THE_PROJECT = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("b*/**/README.md")])

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@pytest.mark.parametrize(("file", "text"), list(made_pages()), ids=list(PAGES))
def test_a_page_made_from_code_is_as_the_code_makes_it(file: Path, text: str) -> None:
    assert file.read_text(encoding="utf-8") == text, "run: python -m bot.reference"


@pytest.mark.parametrize("page", PAGES_OF_THE_PROJECT, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_to_a_file_and_a_heading_that_exist(page: Path) -> None:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    broken = [link for link in _LINK.findall(text) if "://" not in link and not _leads_somewhere(page, link)]
    assert broken == []


def test_every_page_of_docs_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert pages - set(_LINK.findall(index)) == set()


@pytest.mark.parametrize("picture", sorted(ROOT.glob("docs/images/*.png")), ids=lambda file: file.name)
def test_a_picture_is_small_enough_to_come_with_every_page_view(picture: Path) -> None:
    assert picture.stat().st_size <= 150_000


def test_every_dependency_may_be_used_with_our_licence() -> None:
    assert {name: licence for name, licence in packages().items() if not is_allowed(licence)} == {}


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("Apache-2.0 AND (MIT)", True),
    ],
)
def test_an_expression_is_allowed_where_a_choice_of_it_is(expression: str, *, allowed: bool) -> None:
    assert is_allowed(expression) is allowed


def _leads_somewhere(page: Path, link: str) -> bool:
    name, _, heading = link.partition("#")
    target = page.parent / name if name else page
    if not target.exists():
        return False
    return not heading or heading in _anchors(target)


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
