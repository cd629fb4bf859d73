"""The keys of the platform: from the environment, or made once for the embedded mode and kept in `var/secrets.json`."""

from __future__ import annotations

import base64
import fcntl
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

NAMES = ("SECRET_KEY", "FIELD_KEY")


class MissingKey(RuntimeError):
    """A key must be given and was not."""


def of_platform(env: Mapping[str, str], var: Path, *, may_make: bool) -> dict[str, str]:
    """SECRET_KEY and FIELD_KEY (32 bytes, urlsafe base64: the key of the encrypted personal numbers).

    Without `may_make` both must be in the environment: a key made in silence beside a real database would be lost with
    the folder, and with it every personal number that it encrypted.
    """
    given = {name: env[name] for name in NAMES if env.get(name)}
    if len(given) == len(NAMES):
        return given
    if not may_make:
        missing = "、".join(name for name in NAMES if name not in given)
        raise MissingKey(
            f"使用外部数据库（DATABASE_URL）时必须在环境变量中给出 {missing}，平台不会自行生成。"
            "生成方法和各项说明见 deploy/env.example。"
        )
    return kept(var) | given


def kept(var: Path) -> dict[str, str]:
    """The keys in `var/secrets.json`, made the first time; two processes that start together get the same ones."""
    var.mkdir(parents=True, exist_ok=True)
    path = var / "secrets.json"
    with (var / "secrets.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not path.exists():
            draft = path.with_suffix(".new")
            draft.touch(mode=0o600)
            draft.write_text(json.dumps({name: _new() for name in NAMES}), encoding="utf-8")
            draft.replace(path)
        return {name: str(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()}


def _new() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
