"""What a machine is set up by names commands that exist, settings that exist, files that exist, and one port."""

import re
import shlex
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from bot.__main__ import app
from bot.settings import ENV_PREFIX, Settings

ROOT = Path(__file__).parents[2]
SYSTEMD = ROOT / "deploy" / "systemd"
UNITS = sorted(SYSTEMD.glob("*.service"))
SECRETS = ("TOKEN", "PASSWORD", "SECRET")


def commands() -> set[str]:
    named = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
    return {name.replace("_", "-") for name in named}


def is_setting(variable: str) -> bool:
    section, _, key = variable.removeprefix(ENV_PREFIX).lower().partition("__")
    field = Settings.model_fields.get(section)
    if field is None:
        return False
    inner = field.annotation
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return key in inner.model_fields
    return not key


def ours(names: Iterator[str] | list[str]) -> list[str]:
    return [name for name in names if name.startswith(ENV_PREFIX)]


def command_of(words: list[str]) -> str:
    """The subcommand of a command line that calls sitrep, also through a shell; what is in front of it is left out."""
    if words[:2] == ["/bin/sh", "-c"]:
        words = shlex.split(words[2])
    while words and re.fullmatch(r"exec|[A-Z_]+=.*", words[0]):
        words = words[1:]
    assert Path(words[0]).name == "sitrep"
    return words[1]


def test_every_process_of_the_procfile_is_a_command() -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    processes = dict(line.split(": ", 1) for line in lines)
    assert list(processes) == ["release", "web", "worker", "bot"]
    for line in processes.values():
        words = shlex.split(line)
        assert command_of(words) in commands()
        for name in ours([word.partition("=")[0] for word in words]):
            assert is_setting(name), name
    assert command_of(shlex.split(processes["release"])) == "migrate"
    assert "$PORT" in processes["web"], "the platform says where it will call"


def instructions() -> dict[str, list[str]]:
    """The Dockerfile's instructions by name, in order; a continued line is one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    plain = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for line in re.sub(r"\\\n\s*", "", plain).splitlines():
        if line.strip():
            name, _, rest = line.partition(" ")
            found[name].append(rest)
    return dict(found)


def image_environment() -> dict[str, str]:
    return dict(word.split("=", 1) for line in instructions()["ENV"] for word in shlex.split(line))


def test_the_image_is_small_and_runs_as_nobody_in_particular() -> None:
    found = instructions()
    known = {"ARG", "FROM", "ENV", "WORKDIR", "RUN", "COPY", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK"}
    assert set(found) == known | {"ENTRYPOINT", "CMD"}
    build, run = found["FROM"]
    assert (build.split()[-1], run.split()[-1]) == ("build", "run")
    assert found["USER"] == ["sitrep"]
    assert any("useradd" in line and "sitrep" in line for line in found["RUN"])
    assert found["ENTRYPOINT"] == ['["sitrep"]']
    assert yaml.safe_load(found["CMD"][0])[0] in commands()
    assert not [line for line in found["COPY"] if line.split()[-2] == "."], "nothing but what is named goes in"


def test_what_the_image_copies_is_there_and_is_sent_to_the_builder() -> None:
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"}
    for line in instructions()["COPY"]:
        if not line.startswith("--from="):
            for source in line.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert source.removeprefix("./") in sent, source


def test_the_image_is_asked_for_its_health_where_it_listens() -> None:
    environment = image_environment()
    for name in ours(list(environment)):
        assert is_setting(name), name
    assert instructions()["EXPOSE"] == [environment["SITREP_WEB__PORT"]]
    assert environment["SITREP_WEB__HOST"] == "0.0.0.0"
    (check,) = instructions()["HEALTHCHECK"]
    assert "/healthz" in check
    assert "SITREP_WEB__PORT" in check
    script = yaml.safe_load(check.partition("CMD ")[2])[2]
    compile(script, "HEALTHCHECK", "exec")
    for line in (instructions()["VOLUME"][0], instructions()["WORKDIR"][-1]):
        assert environment["SITREP_DATABASE_URL"].removeprefix("sqlite:///").startswith(line.strip('[]"'))


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


def test_compose_starts_the_bot_two_workers_and_those_who_watch_them() -> None:
    services = compose()["services"]
    assert {"bot", "worker", "postgres", "prometheus", "grafana"} <= set(services)
    assert services["worker"]["deploy"]["replicas"] == 2
    for name in ("migrate", "bot", "worker"):
        service = services[name]
        assert service["command"][0] in commands()
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        for variable in ours(list(service["environment"])):
            assert is_setting(variable), variable
        assert service["environment"]["SITREP_DATABASE_URL"].startswith("postgresql://")
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)


def test_compose_holds_no_secret_and_opens_nothing_to_the_world() -> None:
    for name, service in compose()["services"].items():
        for variable, value in service.get("environment", {}).items():
            if any(word in variable for word in SECRETS):
                assert re.fullmatch(r"\$\{[A-Z_]+:\?.+\}", value), f"{name}: {variable}"
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:"), f"{name}: {port}"


def test_compose_mounts_what_is_there() -> None:
    named = set(compose()["volumes"])
    for name, service in compose()["services"].items():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert (ROOT / source).exists() if source.startswith(".") else source in named, f"{name}: {volume}"


def test_prometheus_scrapes_the_bot_and_every_worker_where_they_listen() -> None:
    found = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text(encoding="utf-8"))
    (job,) = found["scrape_configs"]
    port = image_environment()["SITREP_WEB__PORT"]
    assert [target for one in job["static_configs"] for target in one["targets"]] == [f"bot:{port}"]
    (names,) = job["dns_sd_configs"]
    assert (names["names"], names["type"], str(names["port"])) == (["worker"], "A", port)
    for service in ("bot", "worker"):
        assert compose()["services"][service]["expose"] == [port]
        assert "healthcheck" not in compose()["services"][service], "the image's own"
    assert all((ROOT / "deploy/prometheus" / name).exists() for name in found["rule_files"])


def unit(file: Path) -> dict[str, list[str]]:
    """What a unit sets, each name with its values in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name].append(value)
    return dict(found)


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_calls_what_exists_and_may_do_little(file: Path) -> None:
    found = unit(file)
    for line in [*found["ExecStart"], *found.get("ExecStartPre", [])]:
        assert command_of(shlex.split(line)) in commands()
    strict = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "CapabilityBoundingSet": ""}
    for name, value in (strict | {"DynamicUser": "yes", "StateDirectory": "sitrep"}).items():
        assert found[name] == [value], name
    assert int(found["TimeoutStopSec"][0]) > 10, "it ends by itself within 10 s"


def test_the_example_of_an_environment_has_settings_alone_and_no_secret() -> None:
    lines = (SYSTEMD / "sitrep.env.example").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert told["SITREP_TOKEN"] == ""
    for name in told:
        assert is_setting(name), name


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze on this machine")
    here = shutil.which("true")
    for file in UNITS:
        text = re.sub(r"/opt/sitrep/bin/sitrep", str(here), file.read_text(encoding="utf-8"))
        (tmp_path / file.name.replace("@", "@1")).write_text(text, encoding="utf-8")
    names = [str(tmp_path / file.name.replace("@", "@1")) for file in UNITS]
    checked = subprocess.run([analyze, "verify", *names], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_check_would_find_a_slip() -> None:
    assert not is_setting("SITREP_WEB__PROT")
    assert not is_setting("SITREP_TOKN")
    assert not is_setting("SITREP_TOKEN__PORT")
    assert is_setting("SITREP_WEB__PORT")
    assert "rnu" not in commands()
    assert {"run", "migrate", "fetch", "config"} <= commands()
