"""The whole product, served as `make run` serves it, and a real browser to use it with."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.environment import ROOT

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 800}
AXE = Path(__file__).parent / "axe.min.js"
PATIENCE_SECONDS = 300
KEEPS_DRAFT = "button => !!button.closest('form')?.querySelector('[data-draft]')"
# Whether the focused element's words or label begin with a name; a tag narrows it to links.
FOCUSED = """([name, tag]) => {
  const at = document.activeElement;
  if (!at || at === document.body || (tag && at.localName !== tag)) return false;
  const words = (at.labels && at.labels.length ? at.labels[0].innerText : at.innerText) || at.ariaLabel || '';
  return words.trim().startsWith(name);
}"""
FOCUS_SHOWS = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
}"""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_database(state: Path) -> str:
    """A database for the served product: a new one beside the tests' own on PostgreSQL, a file on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return f"sqlite:///{state}/journeys.sqlite3"
    import psycopg

    name = f"journeys_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    address, _, query = url.partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}?{query}"


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the product with its demo council, started as a newcomer starts it."""
    state, port = tmp_path_factory.mktemp("served"), free_port()
    environment = {
        **os.environ,
        "PLUMBLINE_VAR": str(state),
        "PLUMBLINE_DEMO": "1",
        "DATABASE_URL": own_database(state),
        "PORT": str(port),
        "PLUMBLINE_BASE_URL": f"http://127.0.0.1:{port}",
    }
    with open(state / "served.log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "serve.py")],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process, state / "served.log")
            yield address
        finally:
            os.killpg(process.pid, 15)
            process.wait(timeout=20)


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(PATIENCE_SECONDS * 4):
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{address}/health") as answer:  # noqa: S310  our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"Plumbline did not start:\n{log.read_text()}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; closed after the last journey, since Django refuses its database beside a running loop."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class User:
    """A person at a browser: signs in, goes to pages, and fails on anything a page should not do."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address, self.context = address, context
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._hear(message))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._see(request.url))

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and "status of 40" not in message.text:
            self.complaints.append(message.text)

    def _see(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.complaints.append(f"asked another server: {url}")

    def signs_in(self, role: str) -> "User":
        self.goes_to("/account/sign-in")
        self.page.get_by_label("E-mail address").fill(f"{role}@demo.example")
        self.page.get_by_label("Password", exact=True).fill("plumbline-demo")
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "sign-in" not in url)
        return self

    def goes_to(self, path: str) -> "User":
        self.page.goto(self.address + path)
        return self

    def opens(self, path: str) -> list[str]:
        """Where the page leads, once it is open in the browser."""
        self.goes_to(path).confirms_password_if_asked()
        links = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
        return list(self.page.evaluate(links))

    def reads(self, path: str) -> list[str]:
        """Where the page leads, read without a window; opened where the password is asked for again."""
        answer = self.context.request.get(self.address + path)
        assert answer.ok, f"{path}: {answer.status}"
        if "/account/confirm" in answer.url:
            return self.opens(path)
        return [unescape(link) for link in re.findall(r'<a[^>]* href="([^"]*)"', answer.text())]

    def follows(self, *names: str) -> "User":
        """Follows links by how their words begin, one after the other."""
        for name in names:
            # Links that look like buttons say that they are buttons.
            self.page.locator("a").filter(has_text=re.compile(rf"^\s*{re.escape(name)}")).first.click()
            self.page.wait_for_load_state()
        return self

    def presses(self, name: str = "") -> "User":
        """Presses the button of that name; without one, the page's own."""
        buttons = self.page.get_by_role("main").get_by_role("button")
        button = (buttons.filter(has_text=name) if name else buttons).first
        # A form whose draft is kept asks the server first, so its page leaves a moment after the press.
        if button.evaluate(KEEPS_DRAFT):
            with self.page.expect_navigation():
                button.click()
        else:
            button.click()
            self.page.wait_for_load_state()
        return self

    def text(self) -> str:
        """What the page says."""
        return self.page.get_by_role("main").inner_text()

    def tabs_to(self, name: str, tag: str = "") -> "User":
        """Presses Tab until the focus is on what is called so, and shows it."""
        for _ in range(200):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED, [name, tag]):
                assert self.page.evaluate(FOCUS_SHOWS), f"nothing shows that {name} has the focus"
                return self
        raise AssertionError(f"Tab never came to {name} on {self.page.url}")

    def types(self, text: str) -> "User":
        """Types into what has the focus, in place of what stood there."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        return self

    def enters(self) -> "User":
        """Presses Enter and waits for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def confirms_password_if_asked(self) -> "User":
        if "/account/confirm" in self.page.url:
            self.page.get_by_label("Password", exact=True).fill("plumbline-demo")
            self.page.get_by_role("button", name="Go on").click()
            self.page.wait_for_load_state()
        return self

    def violations(self) -> list[str]:
        """What axe finds on the page, against WCAG 2.2 A and AA and its best practices."""
        # Evaluated by the browser's own tools, so the page's content policy stays as it is.
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations'],"
            " runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def broken_summary_links(self) -> list[str]:
        """Links of the error summary that lead nowhere; axe does not see them."""
        return list(
            self.page.evaluate(
                "[...document.querySelectorAll('.govuk-error-summary a')].map(a => a.getAttribute('href'))"
                ".filter(href => !document.getElementById(href.slice(1)))"
            )
        )


@pytest.fixture
def user(browser: Browser, served: str) -> Iterator[User]:
    """A user at a desk, 1280 pixels wide."""
    context = browser.new_context(viewport=DESK)
    person = User(context, served)
    yield person
    context.close()
    assert person.complaints == []


@pytest.fixture
def phone(browser: Browser, served: str) -> Iterator[User]:
    """A user with a phone, 375 pixels wide."""
    context = browser.new_context(viewport=PHONE)
    person = User(context, served)
    yield person
    context.close()
    assert person.complaints == []
