"""A client of the credit check for approval systems: ask before deciding, keep the receipt with the case, tell the outcome afterwards.

    CREDIT_URL=http://127.0.0.1:8000 CREDIT_KEY=… python3 check_client.py 91230102MA1B00017U HC-ZFCG 办件编号 procurement

Python 3 alone. What the network breaks is tried again a few times; what is refused is shown as the platform says it.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from typing import Any

BASE, KEY = os.environ.get("CREDIT_URL", "http://127.0.0.1:8000"), os.environ.get("CREDIT_KEY", "")
TRIES, SECONDS = 3, 5


def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """One request; 429 and 503 wait as long as the platform asks for."""
    data = json.dumps(body).encode()
    headers = {"X-Api-Key": KEY, "Content-Type": "application/json"}
    for left in reversed(range(TRIES)):
        request = urllib.request.Request(BASE + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503) or not left:
                told = json.load(error)
                sys.exit(f"{told['code']}：{told['text']}{told.get('mend', '')}")
            time.sleep(min(int(error.headers.get("Retry-After") or 1), 30))
        except OSError:
            if not left:
                raise
            time.sleep(1)
    raise AssertionError


def check(code: str, matter: str, case_number: str, purpose: str) -> dict[str, Any]:
    """Ask. The receipt belongs into the file of the case, exactly as it came."""
    found = post("/api/v1/checks/", {"code": code, "matter": matter, "case_number": case_number, "purpose": purpose})
    with open(f"{found['answer']['receipt']}.jws", "w", encoding="ascii") as kept:
        kept.write(found["receipt"])
    answer: dict[str, Any] = found["answer"]
    return answer


def tell(receipt: str, result: str, measures: list[str], reason: str = "") -> None:
    """Tell what became of the case: measures of the answer that were taken, or why not."""
    body = {"result": result, "decided_on": date.today().isoformat(), "measures": measures, "reason": reason}
    post(f"/api/v1/checks/{receipt}/outcome/", body)


if __name__ == "__main__":
    answer = check(*sys.argv[1:5])
    print(answer["verdict_label"], answer["verdict_text"])
    for measure in answer["measures"]:
        print(f"  {measure['force_label']} {measure['name']}（{measure['basis']}）")
    if answer["subject"]["name_fits"] is False:
        print("  名称不一致，请核对代码")
    print(f"回执 {answer['receipt']}，有效期至 {answer['valid_until']}")
