from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.seen import SeenButton, SeenEntity, SeenMessage, read_message
from bot.sandbox.terminal import harmless, render_message


def message(text: str, *entities: SeenEntity, buttons: tuple[tuple[SeenButton, ...], ...] = ()) -> SeenMessage:
    return SeenMessage(
        message_id=1,
        chat_id=1,
        date=datetime(2026, 1, 2, 7, 30, tzinfo=UTC),
        sender="Sitrep",
        from_bot=True,
        text=text,
        entities=entities,
        buttons=buttons,
    )


def test_formatting_links_quotations_and_buttons_are_shown() -> None:
    text = "Report\nfirst line\nsecond line\nSample Wire, again"
    shown = render_message(
        message(
            text,
            SeenEntity(type="bold", start=0, end=6),
            SeenEntity(type="blockquote", start=7, end=29),
            SeenEntity(type="text_link", start=30, end=41, url="https://t.me/sample_wire/1"),
            SeenEntity(type="text_link", start=43, end=48, url="https://t.me/sample_wire/1"),
            buttons=((SeenButton(text="Yes", data="y"), SeenButton(text="No", data="n")),),
        )
    )
    assert shown.plain.splitlines() == [
        "Sitrep  07:30",
        "Report",
        "▎ first line",
        "▎ second line",
        "Sample Wire [1], again [1]",
        "[1] https://t.me/sample_wire/1",
        "[ Yes ] [ No ] ",
    ]
    styles = {shown.plain[span.start : span.end]: span.style for span in shown.spans}
    assert getattr(styles["Report"], "bold", False)


def test_a_text_cannot_steer_the_terminal() -> None:
    shown = render_message(message("a\x1b[2Jb\x07\u202ec\r", SeenEntity(type="bold", start=0, end=3)))
    assert shown.plain.endswith("a�[2Jb��c�")


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4))
def test_every_character_is_shown_whatever_the_entities(text: str, edges: list[tuple[int, int]]) -> None:
    entities = [SeenEntity(type="bold", start=min(pair), end=max(pair)) for pair in edges]
    assert render_message(message(text, *entities)).plain == f"Sitrep  07:30\n{harmless(text)}"


@given(st.text(alphabet="a𝔘\n"), st.data())
def test_entities_are_read_in_code_points(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offset, length = (len(part.encode("utf-16-le")) // 2 for part in (text[:start], text[start:end]))
    seen = read_message(
        {
            "message_id": 1,
            "date": 0,
            "chat": {"id": 1, "first_name": "R"},
            "text": text,
            "entities": [{"type": "bold", "offset": offset, "length": length}],
        }
    )
    assert [(entity.start, entity.end) for entity in seen.entities] == [(start, end)]
