"""The reading process: answers in order, survives its child's death, and leaves no orphan."""

import functools
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest
import structlog

from bot.logs import configure_logs
from bot.reader_process import ReaderProcess
from models.api import Article, ModelUnavailable, Reading, Summary

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


class EchoReader:
    """Answers with the process id as the model; dies or fails when the text says so."""

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        for article in articles:
            if article.text == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if article.text == "fail":
                raise ModelUnavailable("weights_missing", "Weights are missing.", file="x")
        return [
            Reading(
                key=article.key,
                language="en",
                headline=article.text,
                sentences=(),
                summary=Summary(),
                topics=(),
                figures=(),
                deadlines=(),
                vector=b"",
                model=str(os.getpid()),
            )
            for article in articles
        ]


def article(text: str) -> Article:
    return Article(key=text, title=None, text=text, published=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    process = ReaderProcess(EchoReader)
    yield process
    process.close()


def test_readings_come_back_in_order_from_another_process(reader: ReaderProcess) -> None:
    readings = reader.read([article("one"), article("two")])
    assert [reading.key for reading in readings] == ["one", "two"]
    assert readings[0].model != str(os.getpid())


def test_an_error_of_the_models_arrives_whole_and_the_process_goes_on(reader: ReaderProcess) -> None:
    before = reader.read([article("one")])[0].model
    with pytest.raises(ModelUnavailable) as raised:
        reader.read([article("fail")])
    assert (raised.value.code, raised.value.facts) == ("weights_missing", {"file": "x"})
    assert reader.read([article("one")])[0].model == before


def test_a_dead_child_fails_its_batch_and_is_replaced(reader: ReaderProcess) -> None:
    before = reader.read([article("one")])[0].model
    with pytest.raises(ModelUnavailable) as raised:
        reader.read([article("die")])
    assert raised.value.code == "reader_process_died"
    assert reader.read([article("one")])[0].model != before


def test_when_its_parent_is_killed_the_child_ends_too() -> None:
    parent = subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    waiting = os.pidfd_open(child)
    parent.kill()
    parent.wait()
    ended, _, _ = select.select([waiting], [], [], 10)
    os.close(waiting)
    assert ended == [waiting]


def test_closing_leaves_no_process_behind(reader: ReaderProcess) -> None:
    child = int(reader.read([article("one")])[0].model)
    reader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


if __name__ == "__main__":
    print(ReaderProcess(EchoReader).read([article("one")])[0].model, flush=True)  # noqa: T201  read by a test
    signal.pause()


class LoggingReader(EchoReader):
    def read(self, articles: Sequence[Article]) -> list[Reading]:
        structlog.get_logger().warning("read", address=f"https://host/bot{TOKEN}", articles=len(articles))
        return super().read(articles)


def test_the_child_writes_its_log_like_its_parent_and_without_the_token(capfd: pytest.CaptureFixture[str]) -> None:
    logs = functools.partial(configure_logs, style="json", level="info", secret=None)
    process = ReaderProcess(LoggingReader, prepare=logs)
    process.read([article("one")])
    assert process.memory_bytes > 1e6
    process.close()
    assert process.memory_bytes == 0
    said = capfd.readouterr()
    assert json.loads(said.err)["address"] == "https://host/bot[token]"
    assert said.out == ""
