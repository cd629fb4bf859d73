import base64

import pytest

from credit_platform import keys


def test_given_keys_are_taken_and_nothing_is_written(tmp_path):
    given = {"SECRET_KEY": "a", "FIELD_KEY": "b"}
    assert keys.of_platform(given, tmp_path, may_make=False) == given
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [{}, {"SECRET_KEY": "a"}, {"FIELD_KEY": "b"}, {"SECRET_KEY": "a", "FIELD_KEY": ""}])
def test_beside_a_real_database_a_missing_key_is_named_and_never_made(given, tmp_path):
    missing = [name for name in keys.NAMES if not given.get(name)]
    with pytest.raises(keys.MissingKey) as refused:
        keys.of_platform(given, tmp_path, may_make=False)
    assert all(name in str(refused.value) for name in missing)
    assert list(tmp_path.iterdir()) == []


def test_made_keys_are_kept_and_private(tmp_path):
    first = keys.of_platform({}, tmp_path / "var", may_make=True)
    assert keys.of_platform({}, tmp_path / "var", may_make=True) == first
    assert (tmp_path / "var" / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert len(base64.urlsafe_b64decode(first["FIELD_KEY"])) == 32
    assert first["FIELD_KEY"] != first["SECRET_KEY"]


def test_a_given_key_goes_before_a_kept_one(tmp_path):
    kept = keys.stored(tmp_path)
    assert keys.of_platform({"SECRET_KEY": "mine"}, tmp_path, may_make=True) == kept | {"SECRET_KEY": "mine"}


def strong(letter: str) -> str:
    return base64.urlsafe_b64encode(letter.encode() * 32).decode()


def test_one_key_without_a_number_is_number_one():
    assert keys.field_keys({"FIELD_KEY": "f"}) == ((1, "f"),)


def test_the_first_of_several_is_the_current_one_and_the_old_setting_stands_last():
    given = {"FIELD_KEYS": f"3:{strong('c')}, 2:{strong('b')}", "FIELD_KEY": "f"}
    assert keys.field_keys(given) == ((3, strong("c")), (2, strong("b")), (1, "f"))


def test_number_one_may_stand_in_both_when_it_is_the_same():
    assert keys.field_keys({"FIELD_KEYS": f"2:{strong('b')},1:f", "FIELD_KEY": "f"})[-1] == (1, "f")


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("2", "2 号密钥不是 32 字节"),
        ("x:abc", "编号:密钥"),
        ("0:abc", "编号:密钥"),
        ("65536:abc", "编号:密钥"),
        ("２:abc", "编号:密钥"),
        ("2:kurz", "2 号密钥不是 32 字节"),
        ("1:", "1 号密钥是空的"),
        (f"2:{strong('b')},2:{strong('c')}", "写了两次"),
        ("1:g", "与 FIELD_KEYS 中的 1 号密钥不同"),
    ],
)
def test_what_is_no_key_is_refused_in_clear_words(given, word):
    with pytest.raises(keys.MissingKey, match=word):
        keys.field_keys({"FIELD_KEYS": given, "FIELD_KEY": "f"})


def test_field_keys_stand_for_the_field_key(tmp_path):
    given = {"SECRET_KEY": "a", "FIELD_KEYS": f"2:{strong('b')}"}
    assert keys.of_platform(given, tmp_path, may_make=False) == given
