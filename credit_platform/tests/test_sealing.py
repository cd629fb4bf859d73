"""Tokens know their key and their place; look-ups find what was hashed with any key given."""

import base64
import hashlib
import hmac
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from credit_platform import sealing

ONE, TWO, THREE = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"a", b"b", b"c"))


@pytest.fixture
def ring(settings):
    def given(*found: tuple[int, str]) -> None:
        settings.FIELD_KEYS = found

    given((1, ONE))
    return given


def first_format(plain: bytes) -> bytes:
    """A token as the platform made it before keys had numbers."""
    nonce = os.urandom(12)
    return nonce + AESGCM(hashlib.sha256(b"cipher:" + ONE.encode()).digest()).encrypt(nonce, plain, None)


def test_a_token_opens_in_its_place_alone(ring):
    token = sealing.encrypt(b"x", sealing.place("phone", 7))
    assert sealing.decrypt(token, sealing.place("phone", 7)) == b"x"
    for elsewhere in (sealing.place("phone", 8), sealing.place("contact", 7), "", "phone:70"):
        with pytest.raises(sealing.Unreadable) as told:
            sealing.decrypt(token, elsewhere)
        assert told.value.code == "sealing.altered"


def test_an_altered_token_does_not_open(ring):
    token = sealing.encrypt(b"12345", "a")
    for at in range(len(token)):
        with pytest.raises(sealing.Unreadable):
            sealing.decrypt(token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :], "a")
    for cut in (0, 5, 9, 20, len(token) - 1):
        with pytest.raises(sealing.Unreadable):
            sealing.decrypt(token[:cut], "a")


def test_a_token_of_the_first_format_opens_until_it_is_sealed_anew(ring):
    token = first_format(b"alt")
    assert sealing.decrypt(token, "anywhere") == b"alt"
    ring((2, TWO), (1, ONE))
    assert sealing.decrypt(token, "anywhere") == b"alt"
    ring((2, TWO))
    with pytest.raises(sealing.Unreadable, match="1 号密钥"):
        sealing.decrypt(token, "anywhere")


def test_the_first_key_seals_and_the_others_open(ring):
    old = sealing.encrypt(b"x", "a")
    ring((2, TWO), (1, ONE))
    new = sealing.encrypt(b"y", "a")
    assert (sealing.decrypt(old, "a"), sealing.decrypt(new, "a")) == (b"x", b"y")
    assert new.startswith(sealing.head())
    assert not old.startswith(sealing.head())
    ring((2, TWO))
    assert sealing.decrypt(new, "a") == b"y"
    with pytest.raises(sealing.Unreadable) as told:
        sealing.decrypt(old, "a")
    assert told.value.code == "sealing.key-missing"
    assert "1 号密钥" in told.value.text


def test_a_wrong_key_of_the_right_number_is_told_and_is_no_server_error(ring):
    token = sealing.encrypt(b"x", "a")
    ring((1, TWO))
    with pytest.raises(sealing.Unreadable) as told:
        sealing.decrypt(token, "a")
    assert told.value.status == 422
    assert "密钥不符" in told.value.text


def test_hashes_of_the_first_key_are_those_of_its_time(ring):
    lookup = hashlib.sha256(b"lookup:" + ONE.encode()).digest()
    assert sealing.number_hash("123") == hmac.digest(lookup, b"123", "sha256").hex()


def test_every_key_and_every_use_has_a_hash_of_its_own(ring):
    ring((3, THREE), (2, TWO), (1, ONE))
    hashes = sealing.number_hashes("123")
    prints = [sealing.fingerprint(key, "123") for key in sealing.arrival_keys().values()]
    assert hashes[0] == sealing.number_hash("123")
    assert hashes[2] == prints[2]  # key 1 used one for both
    assert len({*hashes, *prints}) == 5


def test_a_sealed_number_is_bound_to_its_hash(ring):
    one, other = sealing.seal("230102199003070021", "230102********0021"), sealing.seal("230102199003070048", "x")
    assert sealing.open_sealed(one) == "230102199003070021"
    with pytest.raises(sealing.Unreadable):
        sealing.open_sealed({**one, "sealed": other["sealed"]})
    with pytest.raises(sealing.Unreadable):
        sealing.open_sealed({**one, "sealed": "kein base64!"})


def test_sealed_anew_it_is_the_same_number_under_the_new_key(ring):
    old = sealing.seal("230102199003070021", "m")
    ring((2, TWO), (1, ONE))
    new = sealing.reseal(old)
    ring((2, TWO))
    assert sealing.open_sealed(new) == "230102199003070021"
    assert new["hash"] == sealing.number_hash("230102199003070021") != old["hash"]
    assert new["masked"] == "m"
