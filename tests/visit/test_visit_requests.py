"""What we asked is kept beside the answer: our headers, the protocol, and whom the connection led to."""

import datetime
import ipaddress
import ssl
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from scrapers.items import Evidence, Visit
from tests.visit.sites import Site, publish, remember, source


def of(visit: Visit, url: str) -> Evidence:
    return next(page for page in visit.evidence if page.url == url)


def test_our_headers_are_kept_as_they_were_sent(site, look):
    publish(site, 1)

    page = of(look(source(site)), f"{site.url}/tin/1")

    asked = dict(page.requested)
    sent = next(asked.headers for asked in site.asked if asked.path == "/tin/1")
    assert asked[":protocol"] == "HTTP/1.1"
    assert ":certificate" not in asked
    for name in ("User-Agent", "Accept", "Accept-Encoding"):
        assert asked[name] == sent[name.lower()]


def test_the_condition_under_which_we_asked_is_kept(site, look):
    publish(site, 1)
    first = look(source(site))
    publish(site, 2, 1)

    page = of(look(source(site), remember(first)), f"{site.url}/tin-tuc")

    etag = next(exchange.etag for exchange in first.exchanges if exchange.url == page.url)
    assert etag
    assert dict(page.requested)["If-None-Match"] == etag


@pytest.fixture
def secured(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The site over https, with a certificate that this machine trusts for now; return its fingerprint."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
    built = built.add_extension(address, critical=False)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certificate = built.sign(key, hashes.SHA256())
    file = tmp_path / "site.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
    site.url = site.url.replace("http:", "https:")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return sha256(certificate.public_bytes(serialization.Encoding.DER)).hexdigest()


def test_the_certificate_of_a_secured_website_is_named(site, look, secured):
    publish(site, 1)

    page = of(look(source(site)), f"{site.url}/tin/1")

    assert dict(page.requested)[":certificate"] == f"sha256:{secured}"
