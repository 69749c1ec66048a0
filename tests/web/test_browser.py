"""The pages as a browser draws them, on a phone and on a desk, by day and by night."""

from collections.abc import Iterator

import pytest

from tests.web.browser import CHROMIUM, Browser, browsing
from tests.web.making import Archive, on_air, website_app
from tests.web.test_pages import PAGES

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed: nothing draws the pages")

# Every element with text of its own: colour of the letters against the nearest painted background.
CONTRAST = """
(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const found = channels(getComputedStyle(node).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !node.checkVisibility()) continue;
    const [a, b] = [light(channels(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${node.tagName}.${node.className} ${ratio.toFixed(2)}`);
  }
  return poor;
})()
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """
[...document.querySelectorAll("nav a, button, input")]
  .filter((node) => node.getBoundingClientRect().height < 24).map((node) => node.outerHTML)
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def url(_made: object) -> Iterator[str]:
    with on_air(website_app(Archive(_made))) as port:  # type: ignore[arg-type]
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1200, True)])
def test_pages_fit_and_can_be_read(browser: Browser, url: str, width: int, dark: bool) -> None:
    for path in PAGES:
        browser.open(url + path, width=width, dark=dark)

        assert browser.ask(WIDER) == 0, path
        assert browser.ask(CONTRAST) == [], path
        assert browser.ask(SMALL) == [], path
        assert browser.ask("getComputedStyle(document.body).colorScheme") == "light dark", path


def test_nothing_breaks_the_content_policy(browser: Browser, url: str) -> None:
    browser.complaints.clear()

    browser.open(f"{url}/articles/2", width=390)

    loaded = browser.ask("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [name for name in loaded if not name.startswith((url, "https://thidu.example/images/"))] == []
    assert [text for text in browser.complaints if "Content Security Policy" in text] == []
