"""The deciding authorities of staged rows: the rules of `records.actions.authorities`, asked once per authority."""

from __future__ import annotations

from credit_platform import pg
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.pg import execute, query
from records.actions import authorities
from records.imports.reading.findings import RowFinding


def place_staged(stage: str, sender: Department, *, by: Actor, registration: bool) -> list[RowFinding]:
    """Fill `imp_auth` (code, name → department) for every pair in the staging table; the remarks about authorities, by row."""
    pairs = [
        (str(code), str(name))
        for code, name in query(f"SELECT DISTINCT auth_code, auth_name FROM {stage} ORDER BY 1, 2")  # noqa: S608
    ]
    placed = authorities.place_authorities(pairs, sender, by=by, registration=registration)
    execute("DROP TABLE IF EXISTS pg_temp.imp_auth")
    execute("CREATE TEMP TABLE imp_auth (auth_code text, auth_name text, authority_id bigint) ON COMMIT DROP")
    rows = [(*pair, placed[pair].department.pk) for pair in pairs]
    pg.copy_rows("imp_auth", ("auth_code", "auth_name", "authority_id"), rows, texts=("auth_code", "auth_name"))
    told = [pair for pair in pairs if placed[pair].remarks]
    if not told:
        return []
    rows_of = query(
        f"""SELECT s.n, s.auth_code, s.auth_name FROM {stage} s
        JOIN unnest(%s::text[], %s::text[]) AS t(code, name) ON t.code = s.auth_code AND t.name = s.auth_name ORDER BY s.n""",  # noqa: S608
        [[code for code, _ in told], [name for _, name in told]],
    )
    return [
        RowFinding(int(str(n)), remark) for n, code, name in rows_of for remark in placed[str(code), str(name)].remarks
    ]
