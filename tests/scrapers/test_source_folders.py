import os
from pathlib import Path

import pytest

from scrapers import source_values
from scrapers.sources import SourceError, all_problems, catalogue, catalogue_file, load, load_folder
from tests.scrapers.test_sources import SMALL


def put(folder: Path, slug: str, more: str = "") -> Path:
    path = folder / f"{slug}.toml"
    path.write_text(SMALL.replace("vn-example", slug) + more, "utf-8")
    return path


def told(folder: Path) -> list[str]:
    """What is wrong in a folder, with file names instead of paths."""
    return [str(error).replace(f"{folder}/", "") for error in load_folder(folder)[1]]


def test_a_file_is_loaded_by_its_path(tmp_path: Path) -> None:
    assert load(put(tmp_path, "vn-example")).slug == "vn-example"


def test_a_mistake_names_the_file_by_the_path_it_was_asked_for(tmp_path: Path) -> None:
    path = put(tmp_path, "vn-example", "layuot = 1\n")

    with pytest.raises(SourceError) as raised:
        load(path)

    assert (raised.value.file, raised.value.line) == (str(path), 8)


def test_a_file_that_does_not_exist_gets_the_nearest_name(tmp_path: Path) -> None:
    put(tmp_path, "vn-example")

    with pytest.raises(SourceError) as raised:
        load(tmp_path / "vn-exampel.toml")

    assert str(raised.value) == f"{tmp_path}/vn-exampel.toml: does not exist (did you mean vn-example.toml?)"


def test_a_folder_is_no_source_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        load(tmp_path)


def test_a_file_that_is_endless_is_no_source_file() -> None:
    with pytest.raises(SourceError, match="larger than"):
        load(Path("/dev/zero"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = put(tmp_path, "vn-example")
    path.chmod(0)

    with pytest.raises(SourceError, match="Permission denied"):
        load(path)


def test_a_name_the_system_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot be read: .*too long"):
        load(tmp_path / f"{'x' * 300}.toml")


def test_bytes_that_are_not_utf_8_are_said_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "vn-example.toml"
    path.write_bytes(SMALL.encode("utf-16"))

    with pytest.raises(SourceError) as raised:
        load(path)

    assert (raised.value.line, raised.value.message) == (1, "is not UTF-8; save the file as UTF-8")


def test_good_files_are_returned_and_bad_ones_reported(tmp_path: Path) -> None:
    put(tmp_path, "vn-b")
    put(tmp_path, "vn-a")
    put(tmp_path, "vn-broken", "= 1\n")
    (tmp_path / "vn-folder.toml").mkdir()
    (tmp_path / ".vn-hidden.toml").write_text("= 1", "utf-8")
    (tmp_path / "vn-old.toml.removed").write_text("= 1", "utf-8")

    sources, errors = load_folder(tmp_path)

    assert list(sources) == ["vn-a", "vn-b"]
    assert [(Path(error.file).name, error.line) for error in errors] == [("vn-broken.toml", 8), ("vn-folder.toml", 0)]


def test_a_folder_that_is_not_there_yet_holds_no_sources(tmp_path: Path) -> None:
    assert load_folder(tmp_path / "sources") == ({}, [])


def test_a_slug_belongs_to_one_file(tmp_path: Path) -> None:
    put(tmp_path, "vn-a").rename(tmp_path / "vn-b.toml")
    put(tmp_path, "vn-a")

    sources, errors = load_folder(tmp_path)

    assert list(sources) == ["vn-a"]
    assert [(Path(error.file).name, error.message.replace(f"{tmp_path}/", "")) for error in errors] == [
        ("vn-b.toml", 'is "vn-a", but the file is called vn-b.toml; they must agree'),
        ("vn-b.toml", "is taken by vn-a.toml"),
    ]


def test_links_may_lead_to_another_file_or_to_the_catalogue(tmp_path: Path) -> None:
    put(tmp_path, "vn-a", 'successor = "vn-b"\npredecessor = ["vn-monre"]\n')
    put(tmp_path, "vn-b", 'predecessor = ["vn-a", "vn-broken"]\n')
    put(tmp_path, "vn-broken", "= 1\n")

    sources, errors = load_folder(tmp_path)

    assert list(sources) == ["vn-a", "vn-b"]
    assert [Path(error.file).name for error in errors] == ["vn-broken.toml"]


def test_links_to_nobody_are_mistakes(tmp_path: Path) -> None:
    put(tmp_path, "vn-a", 'successor = "vn-bb"\npredecessor = [\n  "vn-monre",\n  "vn-mone",\n]\n')
    put(tmp_path, "vn-bbb")

    assert told(tmp_path) == [
        'vn-a.toml:8: successor: names "vn-bb", which is neither here nor in the catalogue (did you mean vn-bbb?)',
        'vn-a.toml:11: predecessor[1]: names "vn-mone", which is neither here nor in the catalogue (did you mean vn-monre?)',
    ]


def test_successors_in_a_circle_are_a_mistake_of_each_of_them(tmp_path: Path) -> None:
    put(tmp_path, "vn-a", 'successor = "vn-b"\n')
    put(tmp_path, "vn-b", 'successor = "vn-c"\n')
    put(tmp_path, "vn-c", 'successor = "vn-a"\n')
    put(tmp_path, "vn-outside", 'successor = "vn-a"\n')

    assert told(tmp_path) == [
        "vn-a.toml:8: successor: goes in a circle: vn-a → vn-b → vn-c → vn-a",
        "vn-b.toml:8: successor: goes in a circle: vn-b → vn-c → vn-a → vn-b",
        "vn-c.toml:8: successor: goes in a circle: vn-c → vn-a → vn-b → vn-c",
    ]
    assert list(load_folder(tmp_path)[0]) == ["vn-outside"]


def test_a_circle_through_the_catalogue_is_a_mistake_too(tmp_path: Path) -> None:
    put(tmp_path, "vn-mae", 'successor = "vn-monre"\n')

    assert told(tmp_path) == ["vn-mae.toml:8: successor: goes in a circle: vn-mae → vn-monre → vn-mae"]


def test_the_catalogue_is_found_by_slug() -> None:
    assert catalogue_file("vn-monre").read_text("utf-8").startswith("#")
    assert catalogue() == load_folder(catalogue_file("vn-monre").parent)[0]

    with pytest.raises(SourceError) as raised:
        catalogue_file("vn-monree")

    assert str(raised.value) == "vn-monree.toml: is not in the catalogue (did you mean vn-monre?)"


@pytest.mark.parametrize("slug", ["../sources", "", "vn-monre.toml"])
def test_only_slugs_of_the_catalogue_lead_to_a_file(slug: str) -> None:
    with pytest.raises(SourceError, match="is not in the catalogue"):
        catalogue_file(slug)


def test_the_country_s_zone_is_known_without_the_system_s_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_values, "TZPATH", ("/nowhere",))
    source_values._zones_of.cache_clear()

    with pytest.raises(source_values.BadValueError) as raised:
        source_values.timezone("UTC+7", country="VN")

    assert raised.value.suggestion == '"Asia/Ho_Chi_Minh"'
    source_values._zones_of.cache_clear()


def test_file_too_large_is_refused_by_whoever_reads_it(tmp_path):
    text = "#" * 1_000_001
    path = tmp_path / "vn-thu.toml"
    path.write_text(text)

    found = [*all_problems(text, file=str(path)), *load_folder(tmp_path)[1]]

    assert [str(error) for error in found] == [f"{path}: is larger than 1,000,000 bytes: no source file"] * 2


def test_folder_whose_files_cannot_be_seen_is_a_mistake_and_one_not_there_yet_is_none(tmp_path):
    (tmp_path / "link").symlink_to("unmounted")
    (tmp_path / "file").touch()

    found = {name: [str(error) for error in load_folder(tmp_path / name)[1]] for name in ("new", "link", "file")}

    assert found == {
        "new": [],
        "link": [f"{tmp_path}/link: leads to a folder that is not there; nothing in it is followed"],
        "file": [f"{tmp_path}/file: is no folder; source files belong into a folder of this name"],
    }
