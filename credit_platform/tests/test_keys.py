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
    kept = keys.kept(tmp_path)
    assert keys.of_platform({"SECRET_KEY": "mine"}, tmp_path, may_make=True) == kept | {"SECRET_KEY": "mine"}
