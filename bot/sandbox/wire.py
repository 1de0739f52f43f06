"""Request bodies as bot libraries send them: JSON, urlencoded forms and multipart forms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from bot.sandbox.refusal import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart form."""

    filename: str
    content_type: str
    data: bytes


def read_body(content_type: str, body: bytes) -> dict[str, object]:
    """The parameters in a request's body; empty for a body of a type Telegram ignores.

    Raises:
        Refusal: 400 for JSON or a form that cannot be read.
    """
    header = EmailMessage()
    header["content-type"] = content_type or "application/octet-stream"
    kind = header.get_content_type()
    try:
        if kind == "application/json":
            return _read_json(body)
        if kind == "application/x-www-form-urlencoded":
            return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body), errors="strict"))
        if kind == "multipart/form-data":
            return read_multipart(body, str(header.get_boundary() or ""))
    except (ValueError, RecursionError):
        raise bad_request("can't parse the request's body") from None
    return {}


def _read_json(body: bytes) -> dict[str, object]:
    if not body.strip():
        return {}
    value = json.loads(body)
    if not isinstance(value, dict):
        raise bad_request("can't parse the request's body: a JSON object is expected")
    return value


def read_multipart(body: bytes, boundary: str) -> dict[str, object]:
    """The fields of a ``multipart/form-data`` body (RFC 7578): text as ``str``, files as ``Upload``.

    Raises:
        ValueError: the body is not such a form.
    """
    mark = b"--" + boundary.encode()
    if not boundary or not body.startswith(mark):
        raise ValueError("no boundary")
    fields: dict[str, object] = {}
    for part in (b"\r\n" + body).split(b"\r\n" + mark)[1:]:
        if part.startswith(b"--"):
            return fields
        head, gap, content = part.partition(b"\r\n\r\n")
        if not gap:
            raise ValueError("a part has no end of its headers")
        headers = BytesHeaderParser(policy=HTTP).parsebytes(head.removeprefix(b"\r\n"))
        disposition = headers["content-disposition"]
        name = disposition.params.get("name") if disposition is not None else None
        if not name:
            raise ValueError("a part has no name")
        filename = disposition.params.get("filename")
        if filename is None:
            fields[name] = content.decode()
        else:
            fields[name] = Upload(filename, headers.get_content_type(), content)
    raise ValueError("the last boundary is missing")
