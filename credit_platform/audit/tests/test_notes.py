"""Signed notes: the published example opens, ours too, and whatever was touched does not."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.audit.rules import notes

# The example that the format's own description carries.
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
NAME = "credit.example/audit"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
HEAD = notes.Head(NAME, 20852163, bytes(range(32)))


def verifier(public):
    def verify(signature, data):
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
        except InvalidSignature:
            return False
        return True

    return verify


def known(*keys):
    return {(name, notes.key_id(name, public)): verifier(public) for name, public in keys}


NOTE = notes.signed(HEAD.text(), NAME, PUBLIC, PRIVATE.sign)
KNOWN = known((NAME, PUBLIC))


def test_the_published_example_opens_with_its_key():
    name, public = notes.read_verifier_key(PUBLISHED_KEY)
    assert notes.verifier_key(name, public) == PUBLISHED_KEY
    assert notes.opened(PUBLISHED, known((name, public))) == PUBLISHED.rpartition("\n\n")[0] + "\n"


def test_a_checkpoint_is_read_as_it_was_written():
    assert notes.read_head(notes.opened(NOTE, KNOWN)) == HEAD
    assert NOTE.startswith(f"{NAME}\n20852163\nAAECAwQF")


@given(st.integers(0, len(NOTE) - 1), st.characters(exclude_categories=["Cs"]))
def test_no_sign_of_a_note_can_be_changed(place, sign):
    touched = NOTE[:place] + sign + NOTE[place + 1 :]
    if touched != NOTE:
        with pytest.raises(notes.BadNote):
            notes.opened(touched, KNOWN)


def test_another_key_does_not_count_and_does_not_hurt():
    other = Ed25519PrivateKey.generate()
    public = other.public_key().public_bytes_raw()
    alone = notes.signed(HEAD.text(), NAME, public, other.sign)
    with pytest.raises(notes.BadNote, match="没有已知公钥"):
        notes.opened(alone, KNOWN)
    both = NOTE + alone.rpartition("\n\n")[2]
    assert notes.opened(both, KNOWN) == HEAD.text()


def test_a_bad_signature_of_a_known_key_refuses_the_note_in_spite_of_a_good_one():
    bad = notes.signed(HEAD.text(), NAME, PUBLIC, lambda data: bytes(64)).rpartition("\n\n")[2]
    with pytest.raises(notes.BadNote, match="签名无效"):
        notes.opened(NOTE + bad, KNOWN)


@pytest.mark.parametrize(
    "note",
    ["", "\n", "\n\n", NOTE[:-1], NOTE.replace("\n\n", "\n"), NOTE.replace("—", "-"), NOTE + "x\n", "a\tb" + NOTE]
    + ["a\n" * 9000 + NOTE, NOTE + NOTE.rpartition("\n\n")[2] * 16],
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(notes.BadNote):
        notes.opened(note, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\n01\nAAAA\n",
        "a\n-1\nAAAA\n",
        f"a\n1\n{'A' * 20}\n",
        "a\n\nb\n1\n",
        f"a\n1\n{'A' * 43}\n",
        "a\n1",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(notes.BadNote):
        notes.read_head(text)


@pytest.mark.parametrize("key", ["", "a+b", PUBLISHED_KEY.replace("c74f", "c74e"), PUBLISHED_KEY.replace("+AR", "+Ag")])
def test_what_is_no_verifier_key_is_refused(key):
    with pytest.raises(notes.BadNote):
        notes.read_verifier_key(key)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a" * 201])
def test_a_name_with_blanks_or_a_plus_sign_signs_nothing(name):
    with pytest.raises(ValueError, match="note|head"):
        notes.signed(notes.Head(name, 1, bytes(32)).text(), name, PUBLIC, PRIVATE.sign)
