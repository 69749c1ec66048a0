"""What two looks at a list prove, row by row; letters are rows, a to z from the newest known to the oldest."""

import pytest

from scrapers.overlaps import Seam, seam, shares

PROVEN = {
    "nothing new": ("abcdefgh", "abcdefgh"),
    "two new": ("abcdefgh", "12abcdef"),
    "three known rows behind the last new one": ("abcdefgh", "12345abc"),
    "a pinned post above the new ones": ("pabcdefgh", "p12abcdef"),
    "a post unpinned": ("pabcdefgh", "12abcdefg"),
    "a post pinned that was known": ("abcdefgh", "f12abcdeg"),
    "a withdrawn row": ("abcdefgh", "12acdefgh"),
    "the topmost row withdrawn": ("abcdefgh", "12bcdefgh"),
    "the last row withdrawn, an older one in its place": ("abcdefgh", "abcdefgz"),
    "an edited row on top": ("abcdefgh", "1f2abcde"),
    "all in another order": ("abcdefgh", "hgfedcba"),
    "a row put in the middle": ("abcdefgh", "1abxcdef"),
    "a longer page": ("abcdefgh", "1abcdefghvwxyz"),
    "a shorter page": ("abcdefgh", "1abc"),
    "other rows recommended below": ("abcdefghRST", "12abcdefUVW"),
    "the most read below": ("abcdefghMNO", "12abcdefMNO"),
    "one row only": ("a", "12a"),
}

NOT_PROVEN = {
    "all new": ("abcdefgh", "12345678"),
    "a pinned post above new ones only": ("pabcdefgh", "p12345678"),
    "three pinned posts": ("pqrabcdefgh", "pqr12345678"),
    "one known row, which may have been edited": ("abcdefgh", "1234567a"),
    "two known rows, which may have been": ("abcdefgh", "123456ab"),
    "an old row edited": ("abcdefgh", "1234567f"),
    "the most read below new ones only": ("abcdefghMNO", "12345678MNO"),
    "as many of the most read as news": ("abcdeMNOPQ", "12345MNOPQ"),
    "more of the most read than news": ("abcMNOPQ", "123MNOPQ"),
    "one of the most read pinned before": ("Nabcdefghz", "1234567MNz"),
    "an old row edited above new ones": ("pqrabcde", "pqre1234"),
    "rows recommended at random, one of them known": ("abcdefghRST", "12345678aUV"),
    "a look that showed nothing": ("", "12"),
    "a page that shows nothing": ("abcd", ""),
}


@pytest.mark.parametrize(("before", "now"), PROVEN.values(), ids=PROVEN)
def test_nothing_was_missed(before: str, now: str) -> None:
    assert seam(before, now)


@pytest.mark.parametrize(("before", "now"), NOT_PROVEN.values(), ids=NOT_PROVEN)
def test_something_may_have_been_missed(before: str, now: str) -> None:
    assert seam(before, now) is None


@pytest.mark.parametrize(
    ("before", "now", "start", "end"),
    [
        ("abcdefgh", "12abcdef", 2, 8),
        ("pabcdefgh", "p12abcdef", 3, 9),
        ("abcdefgh", "1abcdefghvwxyz", 1, 9),
        ("abcdefgh", "abcdefgz", 0, 7),
        ("abcdefgh", "1abxcdefgh", 4, 10),
    ],
)
def test_a_seam_tells_what_came_since_and_what_is_older(before: str, now: str, start: int, end: int) -> None:
    assert seam(before, now) == Seam(start=start, end=end)


def test_a_sitemap_joins_by_any_row() -> None:
    assert shares("abc", "xyzb")
    assert not shares("abc", "xyz")
