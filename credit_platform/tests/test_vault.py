"""Files at rest: encrypted, whole or refused, each place of a piece held."""

from pathlib import Path

import pytest
from django.conf import settings

from credit_platform import vault

MEGABYTE = 1024 * 1024


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(data: bytes) -> tuple[vault.Stored, Path]:
    stored = vault.store([data], folder="trial")
    return stored, Path(settings.MEDIA_ROOT) / stored.path


@pytest.mark.parametrize("size", [0, 1, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 2 * MEGABYTE + 7])
def test_what_was_kept_comes_back_and_does_not_lie_there_in_clear(folder, size):
    data = b"\xe6\xb5\x8b" * (size // 3) + b"x" * (size % 3)
    stored, path = kept(data)
    assert vault.read(stored.path) == data
    assert stored.size == len(data)
    assert size < 100 or data[:100] not in path.read_bytes()


def test_a_file_beyond_the_limit_leaves_nothing(folder):
    with pytest.raises(vault.TooLarge) as told:
        vault.store([b"a" * MEGABYTE, b"b"], folder="trial", most=MEGABYTE)
    assert "超过 1 兆字节" in told.value.text
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:9],
        lambda data: data[:5],
        lambda data: b"",
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
        lambda data: data + data[5:],
    ],
)
def test_an_altered_or_shortened_file_is_named_as_lost(folder, harm):
    stored, path = kept(b"a" * MEGABYTE + b"b" * 100)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(vault.Lost):
        vault.read(stored.path)


def test_a_file_that_is_gone_is_named_as_lost(folder):
    stored, path = kept(b"a")
    path.unlink()
    with pytest.raises(vault.Lost) as told:
        vault.read(stored.path)
    assert "导入" not in told.value.text + told.value.mend
