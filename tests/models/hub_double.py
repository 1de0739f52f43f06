"""A hub of Hugging Face's that has one model: what its library asks for, answered from a folder, each request noted."""

import hashlib
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NAME = "acme/tiny"


def serve(folder: Path) -> tuple[ThreadingHTTPServer, list[str]]:
    """Start it on a port of its own; the requests it gets are added to the list."""
    asked: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def _answer(self, *, body: bool) -> None:
            asked.append(f"{self.command} {self.path}")
            path = self.path.partition("?")[0]
            if path.startswith(f"/api/models/{NAME}"):
                names = sorted(file.name for file in folder.iterdir())
                told: object = {"id": NAME, "sha": COMMIT, "siblings": [{"rfilename": name} for name in names]}
                if "/tree/" in path:
                    sizes = {name: (folder / name).stat().st_size for name in names}
                    told = [{"type": "file", "path": name, "size": size, "oid": ""} for name, size in sizes.items()]
                self._send(json.dumps(told).encode(), "application/json", body=True)
            elif path.startswith(f"/{NAME}/resolve/{COMMIT}/"):
                file = folder / path.rpartition("/")[2]
                self._send(file.read_bytes(), "application/octet-stream", body=body)
            else:
                self.send_error(404)

        def _send(self, content: bytes, kind: str, *, body: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
            self.end_headers()
            if body:
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, asked


if __name__ == "__main__":  # in a process of its own, because the library reads its settings when it is imported
    from models.hub import fetch

    sys.stdout.write(f"{fetch(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None, progress=True)}\n")
