"""People who meet in the browser: each signed in with a real provider, on screens of their own."""

from __future__ import annotations

from copy import copy

from playwright.sync_api import expect

from tests.dashboard.drawn import settle

NAME = "club-newsletter"
PATIENCE = 60_000
"""Milliseconds after which somebody gives up on a page."""


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, browser, provider, url, subject, name, **screen):
        self.context = browser.new_context(viewport=screen or {"width": 390, "height": 844})
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.provider, self.url, self.subject, self.name = provider, url, subject, name

    def prove(self, **how):
        """On the provider's own page: say who this is."""
        self.provider.tell(self.subject, self.name, **how)
        self.page.get_by_placeholder("sub").fill(self.subject)
        self.page.get_by_role("button", name="Authorize", exact=True).click()

    def sign_in(self, **how):
        self.page.goto(self.url)
        self.leave("Sign in with Bank ID")
        self.prove(**how)
        self.page.wait_for_url(f"{self.url}/**")

    def on_a_second_screen(self):
        """The same person on another screen of the same machine, signed in already."""
        second = copy(self)
        second.page = self.context.new_page()
        second.page.set_default_timeout(PATIENCE)
        second.page.set_viewport_size({"width": 390, "height": 844})
        return second

    def visit(self, path, review=NAME):
        self.page.goto(f"{self.url}/{path}?review={review}")
        self.settle()

    def settle(self):
        settle(self.page)

    def click(self, what):
        """Click on what is there once the page is still: what moves away is not what was meant."""
        what.first.wait_for()
        self.settle()
        what.first.click()

    def press(self, label):
        self.click(self.page.get_by_role("button", name=label))
        self.settle()

    def leave(self, label):
        """Press what leads to the provider's own page."""
        self.click(self.page.get_by_role("button", name=label))
        self.page.get_by_placeholder("sub").wait_for()

    def sees(self, words):
        self.page.get_by_text(words).first.wait_for()

    def heads(self, words):
        self.page.get_by_role("heading", name=words).first.wait_for()

    def choose(self, label):
        self.click(self.page.get_by_text(label, exact=True))
        self.settle()

    def write(self, label, words):
        self.settle()
        self.page.get_by_label(label, exact=True).first.fill(words)

    def reads(self, label, words):
        """See these words where they were written."""
        field = self.page.get_by_label(label, exact=True).first
        expect(field).to_have_value(words, timeout=PATIENCE)

    def text_of(self, label):
        return self.page.get_by_label(label, exact=True).first.input_value()

    def answer(self, choice, reason):
        self.choose(choice)
        self.write("Your reason", reason)
        self.press("Seal my answer")
        self.sees("Your answer is sealed")
