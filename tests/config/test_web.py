import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pillars.config.paths import SetupError
from pillars.config.serving import web
from pillars.config.serving.processes import Running


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_port_that_is_taken_is_one_sentence_with_a_free_one(taken: int) -> None:
    with pytest.raises(SetupError) as refused:
        web.check_port("127.0.0.1", taken, command="bin/demo")
    said = str(refused.value)
    assert said.startswith(f"Port {taken} is taken by another program. Run: bin/demo --port 80")
    web.check_port("127.0.0.1", int(said.rsplit(" ", 1)[1]), command="bin/demo")


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(SetupError, match="is not a port"):
        web.check_port("127.0.0.1", port, command="bin/demo")


def test_address_of_another_machine_is_refused() -> None:
    with pytest.raises(SetupError, match="Port 8000 "):
        web.check_port("192.0.2.1", 8000, command="bin/demo")


class Answer(BaseHTTPRequestHandler):
    status = 302

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Answer) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_page_that_sends_on_to_signing_in_is_an_answer(server: HTTPServer) -> None:
    web.wait_until_it_answers(Running("m"), server.server_port)


def test_error_page_is_told_with_the_log(
    server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Answer, "status", 500)
    running = Running("m", [(web.worker(), None)])  # type: ignore[list-item]
    monkeypatch.setattr(Running, "check", lambda self: None)
    with pytest.raises(SetupError, match=r"answers with an error\. Its log is .*worker\.log"):
        web.wait_until_it_answers(running, server.server_port)


def test_silence_is_told_after_a_while(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setattr(web, "LONGEST_START", 0.0)
    running = Running("m", [(web.worker(), None)])  # type: ignore[list-item]
    with pytest.raises(SetupError, match="did not answer within"):
        web.wait_until_it_answers(running, taken)
