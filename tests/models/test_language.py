from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.language import LanguageFinder

FINDER = LanguageFinder()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Biden says US", "en"),
        ("Oil up 3%", "en"),
        ("Police kill 3 in Lagos", "en"),
        ("The ministry said on Tuesday that the bridge would stay closed until the end of the month.", "en"),
        ("El presidente dijo que no", "es"),
        ("Le président français démissionne", "fr"),
        ("Wahlen in Thüringen", "de"),
        ("停火协议今天生效", "zh"),
        ("سيعقد الاجتماع في بغداد", "ar"),
        ("Зеленський: переговори тривають", "uk"),
        ("", "und"),
        ("😀😀 2,500", "und"),
        ("https://example.org/story @channel", "und"),
    ],
)
def test_the_language_is_named(text: str, language: str) -> None:
    assert FINDER.find(text) == language


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_gets_a_code(text: str) -> None:
    assert 2 <= len(FINDER.find(text)) <= 3
