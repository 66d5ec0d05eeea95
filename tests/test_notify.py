"""`rutine notify`: to a real mail server, a real web server and Apprise, and what is said when one of them fails."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import jsonschema
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from conftest import TESTS, Run
from test_notices import SCHEMA

SECRET = "open sesame"  # noqa: S105  # of the test
ON = ("--on", "2026-11-21", "--since", "2026-11-20")
# On 2026-11-21: leave (HR-001) is due and belongs to bo and cilla. On 2026-11-23 snow (TEC-010) is due in 7 days.


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The small handbook, with addresses, a sender, and a manager."""
    book = shutil.copytree(TESTS / "handbooks" / "small", tmp_path / "book")
    text = (book / "handbook.yml").read_text("utf-8")
    for name in ("ada", "bo", "cilla"):
        text = text.replace(f"{name}: {{name: ", f"{name}: {{email: {name}@smallby.example, name: ")
    text = text.replace("name: Bo Ek}", "name: Bø Ek, language: nb}").replace(
        "title: {nb: Småby, en: Smallby}", "title: Smallby\n    manager: director"
    )
    text += "notices: {before: [7 days], sender: quality@smallby.example, site: 'https://smallby.example/handbook'}\n"
    (book / "handbook.yml").write_text(text, "utf-8")
    return book


class Post:
    """A mail server that keeps what it gets, and refuses mail for those in `refused`."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[str] = []
        self.refused: set[str] = set()
        self.hangs_up_at: set[str] = set()
        self.users: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        if address in self.hangs_up_at:
            server.transport.close()
            return "421 Gone"
        if address in self.refused:
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
        self.to += envelope.rcpt_tos
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.users.append((data.login, data.password))
        return AuthResult(success=data.password == SECRET.encode(), handled=False)


@pytest.fixture
def post() -> Post:
    return Post()


Serve = Callable[..., str]


@pytest.fixture
def serve(post: Post) -> Iterator[Serve]:
    """Starts the mail server, and tells where it is."""
    started: list[Controller] = []

    def start(**more: Any) -> str:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        controller = Controller(post, hostname="127.0.0.1", port=port, **more)
        controller.start()
        started.append(controller)
        return f"localhost:{port}"

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key and the certificate of localhost."""
    folder = tmp_path_factory.mktemp("tls")
    command = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem",
    ]  # fmt: skip
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


def context(certificate: Path) -> ssl.SSLContext:
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return found


class Web(ThreadingHTTPServer):
    """A web server that keeps what is posted to it, and answers with a status."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, bytes]] = []
        self.status = 200
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Web

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, self.headers["Content-Type"], content))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815  # so the library calls it

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_without_a_way_the_messages_are_shown_and_nothing_is_sent(rutine: Run, book: Path) -> None:
    done = rutine("notify", "-C", str(book), *ON)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == (
        "To: Bø Ek <bo@smallby.example>\nSubject: Handbook of Smallby: en gjennomgang å gjøre\n\n"
        "Hei, Bø Ek\n\nFORFALLER\n\nHR-001 Leave of absence\n  21. november 2026: frist i dag. Eier: HR-leder.\n"
        "  https://smallby.example/handbook/hr/leave/\n\n"
        "Gå gjennom hvert dokument. Er det riktig som det er, registrerer du gjennomgangen; er det ikke det, foreslår du endringen.\n"
        "Slik gjøres det: https://smallby.example/handbook/about/writing/\n\nSendt av rutine for Handbook of Smallby.\n"
        f"\n{'-' * 72}\n\n"
        "To: Cilla Vik <cilla@smallby.example>\nSubject: Handbook of Smallby: a review to see to\n\n"
        "Hello, Cilla Vik\n\nDUE\n\nHR-001 Leave of absence\n  21 November 2026: due today. Owner: Head of HR.\n"
        "  https://smallby.example/handbook/hr/leave/\n\n"
        "Go through each document. If it is right as it is, record the review; if not, suggest the change.\n"
        "How that is done: https://smallby.example/handbook/about/writing/\n\nSent by rutine for Handbook of Smallby.\n"
    )


def test_a_day_without_news(rutine: Run, book: Path) -> None:
    done = rutine("notify", "-C", str(book), "--on", "2026-11-25")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"There is nobody to tell of a review, after 2026-11-24 until 2026-11-25.\n"


def test_a_skipped_day_is_made_up_for(rutine: Run, book: Path) -> None:
    done = rutine("notify", "-C", str(book), "--on", "2026-11-23", "--since", "2026-11-20", "--format", "json")
    found = json.loads(done.stdout)
    jsonschema.validate(found, SCHEMA)
    kinds = {digest["person"]: [(one["id"], one["kind"]) for one in digest["notices"]] for digest in found["digests"]}
    assert kinds == {
        "ada": [("TEC-010", "before")],  # nobody holds the role of the road engineer
        "bo": [("HR-001", "at")],
        "cilla": [("HR-001", "at")],
    }
    assert [(one["path"], one["kind"]) for one in found["unreached"]] == [("procedures/tech/salt.md", "at")]


def test_mail_is_sent(rutine: Run, book: Path, serve: Serve, post: Post) -> None:
    done = rutine("notify", "-C", str(book), *ON, "--smtp", serve(), "--smtp-security", "none")
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"Messages sent: 2. Failed: 0.\n")
    assert post.to == ["bo@smallby.example", "cilla@smallby.example"]
    bo, cilla = post.mails
    assert (str(bo["To"]), str(bo["From"])) == (
        "Bø Ek <bo@smallby.example>", "Handbook of Smallby <quality@smallby.example>",
    )  # fmt: skip
    assert str(bo["Subject"]) == "Handbook of Smallby: en gjennomgang å gjøre"
    assert "HR-001 Leave of absence" in bo.get_content()
    assert (bo["Auto-Submitted"], bo["Content-Language"], bo.get_content_charset()) == ("auto-generated", "nb", "utf-8")
    first = [str(mail["Message-ID"]) for mail in post.mails]
    assert rutine("notify", "-C", str(book), *ON, "--smtp", serve(), "--smtp-security", "none").returncode == 0
    assert [str(mail["Message-ID"]) for mail in post.mails[2:]] == first  # a copy can be told from a message
    assert len(set(first)) == 2
    assert cilla["Date"].datetime.year >= 2026


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_is_sent_in_secret_and_signed_in(
    rutine: Run, book: Path, serve: Serve, post: Post, certificate: Path, security: str
) -> None:
    if security == "tls":
        where = serve(ssl_context=context(certificate), auth_require_tls=False, authenticator=post.authenticate)
    else:
        where = serve(tls_context=context(certificate), require_starttls=True, authenticator=post.authenticate)
    arguments = ["notify", "-C", str(book), *ON, "--smtp", where, "--smtp-security", security, "--smtp-user", "rutine"]
    trusted = {"SSL_CERT_FILE": str(certificate / "cert.pem")}
    done = rutine(*arguments, RUTINE_SMTP_PASSWORD=SECRET, **trusted)
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"Messages sent: 2. Failed: 0.\n")
    assert (len(post.mails), post.users) == (2, [(b"rutine", SECRET.encode())])
    wrong = rutine(*arguments, RUTINE_SMTP_PASSWORD=SECRET[1:], **trusted)
    assert (wrong.returncode, wrong.stdout) == (3, b"Messages sent: 0. Failed: 2.\n")
    assert wrong.stderr.decode() == (
        f"{where} could not be reached, or refused: 535 5.7.8 Authentication credentials invalid\n"
    )
    stranger = rutine(*arguments, RUTINE_SMTP_PASSWORD=SECRET)  # whose certificate nobody vouches for
    assert stranger.returncode == 3
    assert b"certificate verify failed" in stranger.stderr
    assert len(post.mails) == 2


def test_mail_that_was_to_be_secret_is_never_sent_in_the_open(
    rutine: Run, book: Path, serve: Serve, post: Post
) -> None:
    where = serve()
    done = rutine("notify", "-C", str(book), *ON, "--smtp", where)
    assert (done.returncode, post.mails) == (3, [])
    assert done.stderr.decode() == (
        f"{where} could not be reached, or refused: STARTTLS extension not supported by server.\n"
    )


def test_one_who_is_refused_keeps_back_no_other(rutine: Run, book: Path, serve: Serve, post: Post) -> None:
    post.refused = {"bo@smallby.example"}
    done = rutine("notify", "-C", str(book), *ON, "--smtp", serve(), "--smtp-security", "none")
    assert (done.returncode, done.stdout) == (3, b"Messages sent: 1. Failed: 1.\n")
    assert done.stderr.decode() == "Bø Ek was not told: 550 No such person\n"
    assert post.to == ["cilla@smallby.example"]


def test_a_server_that_hangs_up_is_called_again(rutine: Run, book: Path, serve: Serve, post: Post) -> None:
    post.hangs_up_at = {"bo@smallby.example"}
    done = rutine("notify", "-C", str(book), *ON, "--smtp", serve(), "--smtp-security", "none")
    assert (done.returncode, done.stdout) == (3, b"Messages sent: 1. Failed: 1.\n")
    assert done.stderr.decode().startswith("Bø Ek was not told: ")
    assert post.to == ["cilla@smallby.example"]


def test_nobody_there(rutine: Run, book: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        where = f"127.0.0.1:{server.getsockname()[1]}"
    done = rutine("notify", "-C", str(book), *ON, "--smtp", where, "--webhook", f"http://{where}/token-1234")
    assert (done.returncode, done.stdout) == (3, b"Messages sent: 0. Failed: 4.\n")
    assert done.stderr.decode().count("could not be reached, or refused: ") == 2
    assert "token" not in done.stderr.decode()  # what an address holds may be secret


def test_who_has_no_address_is_said(rutine: Run, book: Path, serve: Serve, post: Post) -> None:
    text = (book / "handbook.yml").read_text("utf-8")
    (book / "handbook.yml").write_text(
        text.replace("email: bo@smallby.example, ", "").replace("cilla@", "cilla"), "utf-8"
    )
    done = rutine("notify", "-C", str(book), *ON, "--smtp", serve(), "--smtp-security", "none")
    assert (done.returncode, done.stdout) == (3, b"Messages sent: 0. Failed: 1.\n")
    assert done.stderr.decode().splitlines() == [
        "Bø Ek has no e-mail address in handbook.yml, and was not told.",
        "Cilla Vik was not told: cillasmallby.example is no e-mail address.",
    ]


def test_a_webhook_gets_all_in_one_post(rutine: Run, book: Path, web: Web) -> None:
    done = rutine("notify", "-C", str(book), *ON, "--webhook", f"{web.url}/hook?key=1")
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"Messages sent: 2. Failed: 0.\n")
    ((path, kind, content),) = web.got
    assert (path, kind) == ("/hook?key=1", "application/json; charset=utf-8")
    found = json.loads(content)
    jsonschema.validate(found, SCHEMA)
    assert [digest["email"] for digest in found["digests"]] == ["bo@smallby.example", "cilla@smallby.example"]
    shown = rutine("notify", "-C", str(book), *ON, "--format", "json", "--dry-run", "--webhook", web.url)
    assert json.loads(shown.stdout) == found
    assert len(web.got) == 1


@pytest.mark.parametrize("status", [302, 403, 500])
def test_a_webhook_that_refuses_and_one_that_leads_elsewhere(rutine: Run, book: Path, web: Web, status: int) -> None:
    web.status = status
    done = rutine("notify", "-C", str(book), *ON, "--webhook", web.url)
    assert (done.returncode, done.stdout) == (3, b"Messages sent: 0. Failed: 2.\n")
    assert done.stderr.decode() == f"127.0.0.1 answered {status}.\n"
    assert len(web.got) == 1


def test_where_nothing_falls_due_nobody_is_called(rutine: Run, book: Path, web: Web) -> None:
    done = rutine("notify", "-C", str(book), "--on", "2026-11-25", "--webhook", web.url)
    assert (done.returncode, done.stderr, done.stdout, web.got) == (0, b"", b"Messages sent: 0. Failed: 0.\n", [])


def test_apprise(rutine: Run, book: Path, web: Web) -> None:
    """By Apprise's own way to any web server (json://)."""
    pytest.importorskip("apprise")
    where = web.url.replace("http://", "json://")
    done = rutine("notify", "-C", str(book), *ON, "--apprise", where)
    assert (done.returncode, done.stdout) == (0, b"Messages sent: 2. Failed: 0.\n"), done.stderr
    told = [json.loads(content) for _, _, content in web.got]
    assert [one["title"] for one in told] == [
        "Handbook of Smallby: en gjennomgang å gjøre", "Handbook of Smallby: a review to see to",
    ]  # fmt: skip
    assert "HR-001 Leave of absence" in told[1]["message"]
    unknown = rutine("notify", "-C", str(book), *ON, "--apprise", "nosuchservice://x/token-1234")
    assert unknown.returncode == 2
    assert unknown.stderr.decode().splitlines()[-1] == (
        "Apprise does not know this kind of address. See its list of services."
    )
    web.status = 500
    done = rutine("notify", "-C", str(book), *ON, "--apprise", where)
    assert (done.returncode, done.stdout) == (3, b"Messages sent: 0. Failed: 2.\n")
    assert "Cilla Vik was not told: Apprise could not send it.\n" in done.stderr.decode()


def test_where_apprise_is_not_installed(rutine: Run, book: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "apprise.py").write_text("raise ModuleNotFoundError(name='apprise')\n")
    path = f"{tmp_path}:{environment['PYTHONPATH']}"
    done = rutine("notify", "-C", str(book), *ON, "--apprise", "json://localhost", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b'Apprise is not installed. Install it: pip install "rutine[notify]"\n'


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--smtp", "localhost"], "Invalid value for '--smtp': localhost is not HOST:PORT, such as mail.example.org:587."),
        (["--smtp", "localhost:0"], "Invalid value for '--smtp': localhost:0 is not HOST:PORT, such as mail.example.org:587."),
        (["--smtp", "localhost:25", "--smtp-user", "x"], "The password of x is missing. Put it in RUTINE_SMTP_PASSWORD."),
        (["--webhook", "file:///etc/passwd"], "Invalid value for '--webhook': This is no address that begins with https:// or http://."),
        (["--webhook", "http://a b"], "Invalid value for '--webhook': This is no address that begins with https:// or http://."),
        (["--since", "2026-11-22"], "--since is a day that is still to come. Give the day of the last run."),
        (["--format", "csv"], "Invalid value for '--format': There is no format csv here. Choose among: text, json."),
    ],
)  # fmt: skip
def test_wrong_use(rutine: Run, book: Path, arguments: list[str], message: str) -> None:
    done = rutine("notify", "-C", str(book), "--on", "2026-11-21", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[-1] == f"Error: {message}"


def test_a_password_is_never_sent_in_the_open(rutine: Run, book: Path) -> None:
    arguments = ["--smtp", "localhost:25", "--smtp-user", "x", "--smtp-security", "none"]
    done = rutine("notify", "-C", str(book), *arguments, RUTINE_SMTP_PASSWORD=SECRET)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "Error: A password is not sent in the open. Choose starttls or tls for --smtp-security."
    )


def test_a_password_that_no_server_takes_is_not_told(rutine: Run, book: Path) -> None:
    arguments = ["--smtp", "localhost:25", "--smtp-user", "x"]
    done = rutine("notify", "-C", str(book), *arguments, RUTINE_SMTP_PASSWORD="sesam åpne deg")  # noqa: S106
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "Error: Mail servers take no letters but a to z in the user's name and the password."
    )


def test_mail_needs_a_sender(rutine: Run, book: Path) -> None:
    text = (book / "handbook.yml").read_text("utf-8")
    (book / "handbook.yml").write_text(text.replace("sender: quality@smallby.example, ", ""), "utf-8")
    done = rutine("notify", "-C", str(book), "--smtp", "localhost:25")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "Error: handbook.yml does not say whom mail comes from. Add it: notices: {sender: quality@example.org}"
    )
