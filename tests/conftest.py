"""What tests share: known-good outputs, and the command as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser

from browsing import BROWSER, built, copied, served

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
TOOLS = TESTS.parent / "tools"

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def missing(what: str) -> NoReturn:
    """A test lacks something: a failure in CI, where all must be there; on a user's machine it is passed over, and said."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what the tests get as what they expect. Read the difference before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_configure() -> None:
    """Who is started in the background passes over SIGINT, and so would all that the tests start and interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _nothing_remembered(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another, or the user's own runs, remember of a handbook."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text, byte for byte, with the file of that name under tests/golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return compare


@pytest.fixture
def environment() -> dict[str, str]:
    """An environment in which all speak English and no day is given."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "SOURCE_DATE_EPOCH")}
    return {**kept, "PYTHONPATH": str(TOOLS), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def rutine(environment: dict[str, str]) -> Run:
    """Runs the command in a process of its own."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-W", "error", "-m", "rutine", *arguments]
        return subprocess.run(command, env=environment | more, capture_output=True, check=False)

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, asking nothing of anybody."""
    if not Path(BROWSER).exists():
        missing(f"Chromium ({BROWSER})")
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example handbook."""
    book = copied(tmp_path_factory.mktemp("book"))
    return built(book, tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with served(site) as found:
        yield found
