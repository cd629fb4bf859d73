"""`manage.py recompute_draw`: anybody repeats a draw from the published file."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from casework.tests.rules.test_drawing import DIGEST, IDS, NONCE, ORDER, PUBLIC, SEED


def test_the_command_repeats_a_draw(tmp_path, capsys):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps({"ids": IDS, "nonce": NONCE, "public_value": PUBLIC, "n": 3}), encoding="utf-8")
    call_command("recompute_draw", str(file))
    answer = json.loads(capsys.readouterr().out)
    assert (answer["list_digest"], answer["seed"], answer["drawn"]) == (DIGEST, SEED, ORDER[:3])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "最外层"),
        ("{", "JSON"),
        ('{"ids": "A", "n": 1}', "ids"),
        ('{"ids": ["A"], "n": -1}', "n 应为"),
        ('{"ids": ["A"], "n": true}', "n 应为"),
        ('{"ids": ["A", ""], "n": 1, "seed": "x"}', "空的编号"),
        ('{"ids": ["A"], "n": 1, "nonce": "1", "public_value": "123456"}', "nonce"),
    ],
)
def test_a_mistaken_file_is_told_in_words(tmp_path, content, words):
    file = tmp_path / "draw.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        call_command("recompute_draw", str(file))
