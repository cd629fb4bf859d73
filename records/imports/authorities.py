"""The deciding organs of staged rows: by code, by name, else the department that sends; true codes from elsewhere are taken in."""

from __future__ import annotations

from credit_platform.accounts.models import Department
from credit_platform.errors import Finding, Level
from records.identifiers import uscc
from records.imports import copying
from records.imports.copying import execute, query
from records.imports.findings import RowFinding


def place_authorities(stage: str, sender: Department) -> list[RowFinding]:
    """Fill `imp_auth` (code, name → department) for every pair in the staging table; remarks about organs that were taken in."""
    pairs = [
        (str(code), str(name))
        for code, name in query(f"SELECT DISTINCT auth_code, auth_name FROM {stage} ORDER BY 1, 2")  # noqa: S608
    ]
    register = _Register(pairs, sender)
    execute("DROP TABLE IF EXISTS pg_temp.imp_auth")
    execute("CREATE TEMP TABLE imp_auth (auth_code text, auth_name text, authority_id bigint) ON COMMIT DROP")
    rows = [(code, name, register.find(code, name).pk) for code, name in pairs]
    copying.copy_rows("imp_auth", ("auth_code", "auth_name", "authority_id"), rows, texts=("auth_code", "auth_name"))
    if not register.taken_in:
        return []
    rows_of = query(
        f"SELECT n, auth_code FROM {stage} WHERE auth_code = ANY(%s) ORDER BY n",  # noqa: S608
        [sorted(register.taken_in)],
    )
    return [RowFinding(int(str(n)), _external(register.taken_in[str(code)])) for n, code in rows_of]


class _Register:
    def __init__(self, pairs: list[tuple[str, str]], sender: Department) -> None:
        self.sender = sender
        self.by_code = {d.uscc: d for d in Department.objects.filter(uscc__in={code for code, _ in pairs if code})}
        wanted = {name for code, name in pairs if name and not code}
        self.by_name = {d.name: d for d in Department.objects.filter(name__in=wanted).order_by("-pk")}
        self.taken_in: dict[str, Department] = {}

    def find(self, code: str, name: str) -> Department:
        if code:
            if code not in self.by_code:
                self.by_code[code] = self.taken_in[code] = _take_in(code, name)
            return self.by_code[code]
        return self.by_name.get(name, self.sender)


def _take_in(code: str, name: str) -> Department:
    """Register an organ from outside, so that its decisions have a home; validation has let its code pass."""
    made, _ = Department.objects.get_or_create(
        uscc=code,
        defaults={
            "code": f"x-{code.lower()}",
            "name": name or code,
            "district": code[2:8] if uscc.is_well_formed(code) and code[2:8].isdigit() else "",
            "is_external": True,
        },
    )
    return made


def _external(organ: Department) -> Finding:
    return Finding(
        "organ.taken-in",
        Level.WARNING,
        f"决定机关“{organ.name}”不在本市机关登记表内，已按外部机关登记。",
        mend="请核对机关名称和代码。",
        value=organ.uscc or "",
    )
