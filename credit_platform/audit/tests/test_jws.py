"""What is signed is written in one way only, says whose key it is, and holds for exactly what was signed."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws as other
from joserfc.jwk import OKPKey

from credit_platform.audit import signing
from credit_platform.audit.rules import jws

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"a seed of thirty two bytes, test")
PUBLIC = PRIVATE.public_key().public_bytes_raw()
PAYLOAD = {"receipt": "R1", "verdict": "无", "hits": [], "until": None, "fits": True, "count": 3}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcXYZ_-.09", max_size=6), inner, max_size=4),
    max_leaves=12,
)


def signed(payload=None):
    return jws.signed(
        jws.canonical(payload or PAYLOAD), kind="test+jws", key="city/receipts+0a0b0c0d", sign=PRIVATE.sign
    )


def verify(signature, data):
    return signing.holds(PUBLIC, signature, data)


def test_canonical_json_is_that_of_the_standard():
    # The members, escapes and order of the examples in RFC 8785 (3.2.2, 3.2.3), without its fractions.
    value = {"string": '€$\u000f\nA\'B"\\\\"/', "literals": [None, True, False], "1": "One", "\r": 1}
    assert jws.canonical(value).decode() == (
        '{"\\r":1,"1":"One","literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@given(VALUES)
def test_canonical_json_reads_back_as_the_same_value_in_the_same_bytes(value):
    written = jws.canonical(value)
    assert json.loads(written) == value
    assert jws.canonical(json.loads(written)) == written


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, {"键": 1}, {1: 2}, b"bytes", {"a": [1.0]}])
def test_what_has_more_than_one_way_of_being_written_is_not_signed(value):
    with pytest.raises(ValueError, match="not to be signed"):
        jws.canonical(value)


def test_half_a_surrogate_pair_is_not_signed():
    with pytest.raises(ValueError, match="surrogates"):
        jws.canonical("\ud800")


def test_a_token_says_whose_key_it_is_and_holds():
    token = jws.taken_apart(signed())
    assert (token.kind, token.key, token.payload) == ("test+jws", "city/receipts+0a0b0c0d", PAYLOAD)
    assert jws.holds(token, verify)


def test_another_implementation_reads_it():
    x = base64.urlsafe_b64encode(PUBLIC).rstrip(b"=").decode()
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": x})
    found = other.deserialize_compact(signed(), key, algorithms=["EdDSA"])
    assert json.loads(found.payload) == PAYLOAD
    assert found.protected["kid"] == "city/receipts+0a0b0c0d"


def test_every_altered_sign_is_noticed():
    text = signed()
    for place in range(0, len(text) - 1, 7):
        altered = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        try:
            token = jws.taken_apart(altered)
        except jws.BadToken:
            continue
        assert not jws.holds(token, verify), place


def test_blanks_and_line_feeds_of_a_paste_do_not_matter():
    text = signed()
    assert jws.taken_apart(f"  {text[:40]}\n{text[40:]} \n").payload == PAYLOAD


def head(**more):
    part = base64.urlsafe_b64encode(json.dumps({"alg": "EdDSA", "kid": "k", "typ": "t"} | more).encode()).decode()
    return f"{part.rstrip('=')}.e30.AAAA"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b",
        "a.b.c.d",
        "abc",
        head(alg="none"),
        head(alg="HS256"),
        head(kid=None),
        head(crit=["x"]),
        "W10.W10.AAAA",
    ],
)
def test_what_is_no_token_of_ours_is_told(text):
    with pytest.raises(jws.BadToken):
        jws.taken_apart(text)


def test_a_token_larger_than_any_of_ours_is_not_looked_at():
    with pytest.raises(jws.BadToken):
        jws.taken_apart("a" * 70_000 + ".b.c")
