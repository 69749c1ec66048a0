import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.source_problems import KeyPath
from scrapers.toml_text import BadTomlError, key_lines, tables

# Every statement is written with N for the line it stands on, K for a key not used before; the value is that line.
STATEMENTS = [
    "K = N",
    '"K.x" = N  # = ] }',
    "'K\"' . y = N",
    "K.a.b = N",
    "K = { a = N, b.c = N, d = { e = N } }",
    "K = [N, N, [N, { f = N }]]",
    "K = [ # [\n  N, N,\n\n  # ],\n  { g = N }, [\n  N ],\n]",
    'K = "N: # ] } \\" [x]"',
    "K = 'N: \\'",
    'K = """N: \n = [x]\n""\\"" "x"""""',
    "K = '''N: \n# y = 1\n''z'''''",
    'K = [ """N: ], \n""", \'N: ]\', N ]',
    "[K]",
    "[ K . 'sub' ]  # [",
    "[[K]]",
    "[[list]]\n[[list.inner]]",
    "[list.K]",
    "[[list.inner]]",
    "[list . inner.\"K\"]",
    "# K = N",
    "",
]  # fmt: skip

TOKENS = ["a", "b", "a.b", '"a"', "'a.b'", " = ", "=", "1", "true", "2025-03-01 10:00:00", "[", "]", "[[a]]\n", "[a]\n",
          "{", "}", ",", "\n", "\r\n", "#c\n", '"""', "'''", '"x"', "\\", " "]  # fmt: skip


def document(statements: list[str]) -> str:
    """Number the lines of the statements, and open the list before anything is put into its tables."""
    lines: list[str] = []
    if any("list" in one for one in statements):
        statements = ["[[list]]\n[[list.inner]]", *statements]
    for count, statement in enumerate(statements):
        for part in statement.replace("K", f"k{count}").split("\n"):
            lines.append(part.replace("N", str(len(lines) + 1)))
    return "\n".join(lines)


def places(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    if path:
        yield path, value
    steps: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    for step, inner in steps:
        yield from places(inner, (*path, step))


def stated_line(value: object) -> int | None:
    """The line a value of such a document says it stands on."""
    return int(value.partition(":")[0]) if isinstance(value, str) else value if isinstance(value, int) else None


@given(st.lists(st.sampled_from(STATEMENTS), max_size=25))
@example(STATEMENTS)
def test_every_key_and_entry_is_found_on_its_line(statements: list[str]) -> None:
    text = document(statements)

    lines = key_lines(text)

    stated = {path: line for path, value in places(tomllib.loads(text)) if (line := stated_line(value)) is not None}
    assert {path: lines[path] for path in stated} == stated
    assert lines.keys() == dict(places(tomllib.loads(text))).keys()


@given(st.lists(st.sampled_from(TOKENS), max_size=14).map("".join))
@example('a = """\\""""\nb = 1')
@example("a = [\n]\n[b]\n")
@example("a = 1979-05-27 07:32:00#x\r\nb = [{}, {}]\r\n")
def test_whatever_tomllib_accepts_is_located_in_full(text: str) -> None:
    try:
        parsed = tables(text)
    except BadTomlError:
        return

    assert key_lines(text).keys() == dict(places(parsed)).keys()


def test_tables_stand_where_they_are_first_named() -> None:
    text = "x.y = 1\n[a.b]\nc = 1\n\n[[d]]\n[[d]]\ne = 1\n[d.f]\n"

    lines = key_lines(text)

    assert lines == {
        ("x",): 1, ("x", "y"): 1, ("a",): 2, ("a", "b"): 2, ("a", "b", "c"): 3,
        ("d",): 5, ("d", 0): 5, ("d", 1): 6, ("d", 1, "e"): 7, ("d", 1, "f"): 8,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = \n", 2, "no value; text stands in quotes"),
        ("a = 1\nb = Hà Nội\n", 2, "no value; text stands in quotes"),
        ('a = "x\nb = 1', 1, "at column 7: a closing quote is missing"),
        ("a = 'x\nb = 1", 1, "a closing quote is missing"),
        ('a = """x\n\nb', 1, "a closing quote is missing"),
        ("a = '''x\n\nb", 1, "a closing quote is missing"),
        ("a = 'x\n", 1, "a closing quote is missing"),
        ("a = [1,\n2\n", 2, "a closing ] is missing"),
        ("a = 1\n\na = 2\n", 3, "given a second time"),
        ("[a]\n[b]\n[a]\n", 3, "[[…]] each time"),
        ("a = 1 b = 2\n", 1, "more on the line"),
        ("a: 1\n", 1, "needs an equals sign"),
        ("= 1\n", 1, "must be `key = value`"),
        ("[a\n", 1, "Expected ']'"),
        ("a = 1\nb = " + "1" * 5000, 2, "too many digits"),
        ("a = " + "[" * 5000, 1, "nested too deeply"),
        ("a = 1\nb = '\udcff'", 2, "save the file as UTF-8"),
        ("a = 1\nb = '\x00'", 2, "invalid character"),
    ],
)
def test_what_is_no_toml_is_said_plainly_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(BadTomlError) as raised:
        tables(text)

    assert raised.value.line == line
    assert words in raised.value.message
