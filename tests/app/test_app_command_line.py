"""The command line as a newcomer types it: it does the job, or says what to do instead."""

import json
import os
import socket
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

TEXT = """\
Storm kills 12 in Ellery

PORT ELLERY, May 3 — A storm killed at least 12 people in the port of Ellery on Monday, the mayor said. Repairs worth
$4.5 million must be finished by the end of June.
"""


def sitrep(*words: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(
        command, cwd=cwd, env={**clean, **variables}, capture_output=True, text=True, check=False, timeout=240
    )


def test_help_names_every_command(tmp_path: Path) -> None:
    shown = sitrep("--help", cwd=tmp_path)
    assert shown.returncode == 0
    for command in ("run", "demo", "sandbox", "read", "replay", "migrate", "config"):
        assert command in shown.stdout


def test_the_printed_configuration_is_one_the_bot_takes(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(sitrep("config", cwd=tmp_path).stdout, encoding="utf-8")
    assert sitrep("migrate", cwd=tmp_path).returncode == 0
    assert (tmp_path / "var" / "sitrep.db").exists()


@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        (["run"], {}, "@BotFather"),
        (["run"], {"SITREP_TICK_S": "soon"}, "SITREP_TICK_S: tick_s = 'soon'"),
        (["run", "--config", "missing.toml"], {}, "no settings file missing.toml"),
        (["read", "missing.txt"], {}, "Cannot read missing.txt"),
        (["read", "empty.txt"], {}, "has no text in it"),
        (["read", "binary"], {}, "is not UTF-8 text"),
        (["read", "http://127.0.0.1/"], {}, "127.0.0.1"),
        (["replay", "missing.toml"], {}, "Cannot read missing.toml"),
        (["replay", "--hour", "25:00"], {}, "25:00 is not a time of day"),
    ],
)
def test_a_mistake_is_one_clear_line_and_exit_code_2(
    tmp_path: Path, words: list[str], variables: dict[str, str], said: str
) -> None:
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    shown = sitrep(*words, cwd=tmp_path, **variables)
    assert shown.returncode == 2
    assert said in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_taken_port_names_the_setting(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        shown = sitrep("run", "--try", cwd=tmp_path, SITREP_SANDBOX__PORT=str(port))
    assert shown.returncode == 2
    assert f"Port {port} is taken" in shown.stderr
    assert "sandbox.port" in shown.stderr


def test_a_text_is_read_as_json_with_spans_that_hold(tmp_path: Path) -> None:
    (tmp_path / "storm.txt").write_text(TEXT, encoding="utf-8")
    shown = sitrep("read", "--json", "--published", "2027-05-03", "storm.txt", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    read = json.loads(shown.stdout)
    text = read["article"]["text"]
    assert read["article"]["title"] == "Storm kills 12 in Ellery"
    figures = read["reading"]["figures"]
    for figure in figures:
        start, end = figure["span"]
        assert text[start:end] == figure["surface"]
    assert any(figure["value"] == "12" and figure["unit"] == "killed" for figure in figures)
    assert any(figure["unit"] == "USD" and Decimal(figure["value"]) == 4_500_000 for figure in figures)
    assert [deadline["due"]["end"] for deadline in read["reading"]["deadlines"]] == ["2027-06-30"]


def test_a_text_is_read_as_tables_with_its_sentences(tmp_path: Path) -> None:
    (tmp_path / "storm.txt").write_text(TEXT, encoding="utf-8")
    shown = sitrep("read", "--published", "2027-05-03", "storm.txt", cwd=tmp_path, COLUMNS="200")
    assert shown.returncode == 0, shown.stderr
    assert "at least 12" in shown.stdout
    assert "30 June 2027" in shown.stdout
    assert "Repairs worth $4.5 million must be finished by the end of June." in shown.stdout


def test_posts_are_replayed_without_telegram(tmp_path: Path) -> None:
    post = {"channel": "harbor_wire", "at": "2027-05-03T12:00:00Z", "text": TEXT}
    (tmp_path / "posts.jsonl").write_text(json.dumps(post), encoding="utf-8")
    shown = sitrep("replay", "posts.jsonl", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    for words in ("Tuesday, 04 May 2027, 08:00", "Storm kills 12 in Ellery", "30 June 2027", "t.me/harbor_wire/1"):
        assert words in shown.stdout
    assert shown.stderr == "", "no bar where nobody sees it"
    assert [file.name for file in tmp_path.iterdir()] == ["posts.jsonl"]


def test_the_demo_shows_the_whole_job_and_ends(tmp_path: Path) -> None:
    shown = sitrep("demo", cwd=tmp_path, COLUMNS="200")
    assert shown.returncode == 0, shown.stderr
    conversation, _, morning = shown.stdout.partition("The clock goes on to the next morning")
    assert "writes: /subscribe" in conversation
    assert "writes: /summary" in conversation
    for words in ("Situation report", "Key figures", "at least 87", "Deadlines and dates", "Next edition"):
        assert words in morning
    assert "Join our channel" not in morning
    assert not list(tmp_path.iterdir()), "the demo leaves nothing behind"
