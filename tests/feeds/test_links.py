import pytest

from feeds.links import host, is_private, link

PAGE = "https://www.example.gov.vn/tin/bai-1.html"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/tep/a.pdf", "https://www.example.gov.vn/tep/a.pdf"),
        ("a b.pdf", "https://www.example.gov.vn/tin/a%20b.pdf"),
        ("//anh.example.gov.vn/1.jpg", "https://anh.example.gov.vn/1.jpg"),
        ("https://www.example.gov.vn", "https://www.example.gov.vn/"),
        ("HTTP://Example.gov.VN:80/x", "http://example.gov.vn/x"),
        ("https://example.gov.vn:8443/x#phan-2", "https://example.gov.vn:8443/x#phan-2"),
        ("/x?utm_source=fb&id=3&fbclid=z", "https://www.example.gov.vn/x?id=3"),
        ("/x;jsessionid=4F2A.node1?id=3", "https://www.example.gov.vn/x?id=3"),
        ("https://ví-dụ.vn/tệp.pdf", "https://xn--v-d-rma6749a.vn/t%E1%BB%87p.pdf"),
        ("https://user:secret@example.gov.vn/x", "https://example.gov.vn/x"),
        ("https://[2001:4860:4860::8888]/x", "https://[2001:4860:4860::8888]/x"),
        ("mailto:vanthu@example.gov.vn?subject=x", "mailto:vanthu@example.gov.vn"),
    ],
)
def test_addresses_become_absolute_and_clean(url: str, expected: str) -> None:
    assert link(url, PAGE) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "#phan-2",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "ftp://example.gov.vn/x",
        "https://",
        "https://[bad/x",
        "https://example.gov.vn:port/x",
        "https://exa mple.gov.vn/x",
        "https://.gov.vn/x",
        "http://localhost/x",
        "http://127.0.0.1:8080/x",
        "http://2130706433/x",
        "http://0x7f.1/x",
        "http://192.168.1.5/tep.pdf",
        "http://[::1]/x",
        "http://intranet/x",
        "http://cms.example.local/x",
        "https://example.gov.vn/" + "x" * 2000,
    ],
)
def test_what_strangers_cannot_use_is_no_address(url: str) -> None:
    assert link(url, PAGE) == ""


def test_private_hosts_pass_where_they_are_meant_to() -> None:
    assert link("/a.pdf", "http://127.0.1.1:8000/x", private=True) == "http://127.0.1.1:8000/a.pdf"


def test_a_lone_surrogate_in_an_address_is_left_out() -> None:
    assert link("/a\ud800b", PAGE) == "https://www.example.gov.vn/ab"


@pytest.mark.parametrize(("name", "private"), [("fe80::1%eth0", True), ("8.8.8.8", False), ("a.gov.vn.", False)])
def test_names_and_addresses_of_private_networks_are_known(name: str, private: bool) -> None:
    assert is_private(name) is private


def test_the_host_of_an_address_is_found_whatever_surrounds_it() -> None:
    assert host("http://a:b@example.vn:81/x@y:9") == "example.vn"
    assert host("https://example.vn?x=/") == "example.vn"
