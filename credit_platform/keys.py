"""The keys of the platform: from the environment, or made once for the embedded mode and kept in `var/secrets.json`."""

from __future__ import annotations

import base64
import binascii
import fcntl
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

NAMES = ("SECRET_KEY", "FIELD_KEY")
FIELD_KEY_BYTES = 32
HIGHEST_NUMBER = 65_535


class MissingKey(RuntimeError):
    """A key must be given and was not, or what was given is none."""


def of_platform(env: Mapping[str, str], var: Path, *, may_make: bool) -> dict[str, str]:
    """SECRET_KEY and FIELD_KEY (32 bytes, urlsafe base64: the key of the encrypted personal numbers), and FIELD_KEYS when given.

    Without `may_make` both must be in the environment, FIELD_KEYS standing for FIELD_KEY: a key made in silence beside a real database
    would be lost with the folder, and with it every personal number that it encrypted.
    """
    given = {name: env[name] for name in (*NAMES, "FIELD_KEYS") if env.get(name)}
    missing = [name for name in NAMES if name not in given and not (name == "FIELD_KEY" and "FIELD_KEYS" in given)]
    if not missing:
        return given
    if not may_make:
        raise MissingKey(
            f"使用外部数据库（DATABASE_URL）时必须在环境变量中给出 {'、'.join(missing)}，平台不会自行生成。"
            "生成方法和各项说明见 deploy/env.example。"
        )
    return stored(var) | given


def field_keys(given: Mapping[str, str]) -> tuple[tuple[int, str], ...]:
    """The keys of the encrypted fields with their numbers, the current one first.

    FIELD_KEYS is "2:base64,1:base64"; FIELD_KEY is number 1, and stands last when FIELD_KEYS does not name it. MissingKey in Chinese for
    anything that is no number and key, a number given twice, and two different keys of number 1.
    """
    found: dict[int, str] = {}
    for part in filter(None, (word.strip() for word in given.get("FIELD_KEYS", "").split(","))):
        number, key = _pair(part)
        if number in found:
            raise MissingKey(f"FIELD_KEYS 中 {number} 号密钥写了两次。")
        found[number] = key
    first = given.get("FIELD_KEY")
    if first and found.setdefault(1, first) != first:
        raise MissingKey("FIELD_KEY 与 FIELD_KEYS 中的 1 号密钥不同。两处只写一处，或写成相同。")
    return tuple(found.items())


def _pair(part: str) -> tuple[int, str]:
    number, _, key = part.partition(":")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= HIGHEST_NUMBER):
        raise MissingKey(f"FIELD_KEYS 应写成“编号:密钥,编号:密钥”，编号为 1 至 {HIGHEST_NUMBER} 的整数。")
    if int(number) != 1 and not is_strong(key):
        raise MissingKey(f"FIELD_KEYS 中 {int(number)} 号密钥不是 32 字节的 base64。生成方法见 deploy/env.example。")
    if not key:
        raise MissingKey(f"FIELD_KEYS 中 {int(number)} 号密钥是空的。")
    return int(number), key


def is_strong(key: str) -> bool:
    """Whether a key of the fields is urlsafe base64 of at least 32 bytes."""
    try:
        return len(base64.urlsafe_b64decode(key)) >= FIELD_KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def stored(var: Path) -> dict[str, str]:
    """The keys in `var/secrets.json`, made the first time; two processes that start together get the same ones."""
    var.mkdir(parents=True, exist_ok=True)
    path = var / "secrets.json"
    with (var / "secrets.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not path.exists():
            draft = path.with_suffix(".new")
            draft.touch(mode=0o600)
            draft.write_text(json.dumps({name: new() for name in NAMES}), encoding="utf-8")
            draft.replace(path)
        return {name: str(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()}


def new() -> str:
    """A key of 32 random bytes."""
    return base64.urlsafe_b64encode(secrets.token_bytes(FIELD_KEY_BYTES)).decode()
