"""`manage.py verify_receipt FILE`: a receipt against the published keys, its proof against the checkpoints; exit code 1 when it is not genuine."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from checks.receipts.verifying import NotGenuine, opened
from credit_platform.audit import signing, signing_keys
from credit_platform.audit.rules import proofs

LARGEST = 1_000_000


class Command(BaseCommand):
    help = "核对信用核查回执：签名、公钥的使用时间；给出入链证明时一并核对。未通过时退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="回执文件（以两个句点分开的三段字符）")
        parser.add_argument("--proof", default="", help="入链证明文件（.tlog-proof）")
        parser.add_argument("--json", action="store_true", help="输出回执的内容（JSON）")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = opened(self._read(options["file"]))
            head = self._proven(options["proof"], told["receipt"]) if options["proof"] else ""
        except (NotGenuine, proofs.BadProof) as error:
            self.stderr.write(f"未通过：{error}")
            sys.exit(1)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, sort_keys=True))
            return
        self.stdout.write(f"真实，未被改动：{told['receipt']}，{told['asked_at']}，有效期至 {told['valid_until']}。")
        self.stdout.write(head or "未给出入链证明，只核对了签名。")

    def _proven(self, path: str, receipt: str) -> str:
        proof = proofs.read(self._read(path))
        head = proofs.checked(proof, signing_keys.verifiers(signing.CHECKPOINTS))
        if (proof.said.get("detail") or {}).get("receipt") != receipt:
            raise proofs.BadProof("入链证明说的是另一份回执。")
        return f"出具之前已写入审计链：第 {proof.seq} 环，检查点含 {head.size} 环。"

    def _read(self, path: str) -> str:
        try:
            data = Path(path).read_bytes()
            if len(data) > LARGEST:
                raise CommandError(f"{path} 太大，不是回执或入链证明。")
            return data.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"不能读取 {path}：{error}") from error
