"""Subjects of a staged batch, set-wise: known ones by code or person, plain new ones with INSERT … SELECT; whatever needs judgement
(old numbers, no code) goes through `records.actions.resolve`, which holds the rules for one form too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from credit_platform import pg, sealing
from credit_platform.pg import execute, query
from records.actions.naming import STATUS_FIELD, follow_document
from records.actions.numberlocks import PERSONS, lock_query
from records.actions.resolve import Sought, resolve
from records.identifiers import names
from records.imports.reading.findings import RowFinding
from records.imports.reading.staged import keys_of
from records.models import Subject
from records.numbers import open_kept, renew
from records.standards.row import RowKeys


class SubjectStep:
    """Finds or makes the subject of every staged row; afterwards `imp_subject.subject_id` is filled for every key."""

    def __init__(self, stage: str, *, item_id: int, registration: bool) -> None:
        self.stage = stage
        self.item_id = item_id
        self.registration = registration
        self.warnings: list[RowFinding] = []

    def run(self) -> None:
        """All of it, inside the caller's transaction. `imp_auth` must be there."""
        self._renew_numbers()
        self._collect()
        self._known()
        self._lock_numbers()
        self._judged()
        self._made()
        self._numbers()
        self._seal_numbers()

    # --- who is spoken of

    def _collect(self) -> None:
        execute("DROP TABLE IF EXISTS pg_temp.imp_subject, pg_temp.imp_number")
        execute(
            f"""CREATE TEMP TABLE imp_subject ON COMMIT DROP AS
            SELECT DISTINCT ON (skey) skey, n, s_kind, s_code, s_name, s_normal, id_hash, id_formers, id_type, id_cipher, legal_rep, numbers,
                   NULL::bigint AS subject_id, false AS is_new, false AS judged
            FROM {self.stage} ORDER BY skey, n"""  # noqa: S608 - own table name
        )
        execute("CREATE UNIQUE INDEX ON imp_subject (skey)")
        execute(
            f"""CREATE TEMP TABLE imp_number ON COMMIT DROP AS
            SELECT DISTINCT s.skey, split_part(t, ':', 1) AS kind, substr(t, strpos(t, ':') + 1) AS value
            FROM {self.stage} s, string_to_table(s.numbers, '|') AS t WHERE s.numbers <> ''"""  # noqa: S608
        )
        execute("ANALYZE imp_subject, imp_number")

    def _known(self) -> None:
        execute(
            """UPDATE imp_subject i SET subject_id = f.subject_id FROM (
                 SELECT value, max(subject_id) AS subject_id FROM records_subjectidentifier
                 WHERE kind = 'former_code' AND value IN (SELECT s_code FROM imp_subject WHERE s_code IS NOT NULL) GROUP BY value
               ) f WHERE i.s_code = f.value"""
        )
        execute("UPDATE imp_subject i SET subject_id = s.id FROM records_subject s WHERE s.code = i.s_code")
        if sealing.rotating():
            lock_query(
                "SELECT (SELECT min(h) FROM unnest(id_formers || id_hash) h) FROM imp_subject WHERE id_hash IS NOT NULL",
                kind=PERSONS,
            )
        # Every hash of a number in one look: a pass of reencrypt may change the row between two.
        execute(
            """UPDATE imp_subject i SET subject_id = s.id FROM records_subject s
               JOIN (SELECT skey, unnest(coalesce(id_formers, '{}') || id_hash) AS tried FROM imp_subject WHERE id_hash IS NOT NULL) t
                 ON s.id_hash = t.tried
               WHERE t.skey = i.skey"""
        )
        self._follow_merges()

    @staticmethod
    def _follow_merges() -> None:
        while execute(
            """UPDATE imp_subject i SET subject_id = s.merged_into_id FROM records_subject s
               WHERE s.id = i.subject_id AND s.merged_into_id IS NOT NULL"""
        ):
            continue

    # --- old numbers and rows without a code: the rules of `resolve`

    def _lock_numbers(self) -> None:
        """Before anything is decided about numbers that are not their subject's already, and about documents without any number."""
        lock_query(
            f"""SELECT a.kind || ':' || a.value FROM imp_number a JOIN imp_subject i USING (skey)
            WHERE NOT EXISTS (SELECT 1 FROM records_subjectidentifier r
                              WHERE r.kind = a.kind AND r.value = a.value AND r.subject_id = i.subject_id)
            UNION ALL
            SELECT 'document:' || {self.item_id:d} || ':' || p.authority_id || ':' || s.doc_key || ':' || s.decided_on
            FROM imp_subject i JOIN {self.stage} s ON s.n = i.n
            JOIN imp_auth p ON p.auth_code = s.auth_code AND p.auth_name = s.auth_name
            WHERE i.s_kind <> 'person' AND i.s_code IS NULL AND i.numbers = ''"""  # noqa: S608 - own table name
        )

    def _judged(self) -> None:
        execute(
            """UPDATE imp_subject i SET judged = true WHERE i.s_kind <> 'person' AND (
                 (i.s_code IS NULL)
                 OR EXISTS (
                   SELECT 1 FROM imp_number a WHERE a.skey = i.skey AND (
                     EXISTS (SELECT 1 FROM imp_number b WHERE b.kind = a.kind AND b.value = a.value AND b.skey <> a.skey)
                     OR EXISTS (SELECT 1 FROM records_subjectidentifier r WHERE r.kind = a.kind AND r.value = a.value
                                AND r.subject_id IS DISTINCT FROM i.subject_id))))"""
        )
        rows = list(self._judged_rows())
        if not rows:
            return
        sought = [
            Sought(keys=keys_of(row), item_id=self.item_id, authority_id=int(row["authority_id"])) for row in rows
        ]
        answers = resolve(sought)
        for row, answer in zip(rows, answers, strict=True):
            self.warnings += [RowFinding(row["n"], finding) for finding in answer.warnings]
        found = [(row["skey"], answer.subject.pk, answer.created) for row, answer in zip(rows, answers, strict=True)]
        execute("DROP TABLE IF EXISTS pg_temp.imp_judged")
        execute("CREATE TEMP TABLE imp_judged (skey text, subject_id bigint, is_new bool) ON COMMIT DROP")
        pg.copy_rows("imp_judged", ("skey", "subject_id", "is_new"), found)
        execute("UPDATE imp_subject i SET subject_id = j.subject_id FROM imp_judged j WHERE j.skey = i.skey")

    def _judged_rows(self) -> Iterator[dict[str, Any]]:
        wanted = (
            "skey",
            "n",
            "s_kind",
            "s_code",
            "s_name",
            "numbers",
            "legal_rep",
            "doc_key",
            "decided_on",
            "authority_id",
        )
        found = query(
            f"""SELECT i.skey, s.n, s.s_kind, s.s_code, s.s_name, s.numbers, s.legal_rep, s.doc_key, s.decided_on, a.authority_id
            FROM imp_subject i JOIN {self.stage} s ON s.n = i.n
            JOIN imp_auth a ON a.auth_code = s.auth_code AND a.auth_name = s.auth_name
            WHERE i.judged ORDER BY s.n"""  # noqa: S608
        )
        for values in found:
            yield dict(zip(wanted, values, strict=True))

    # --- plain new ones

    def _made(self) -> None:
        execute(
            """WITH made AS (
                 INSERT INTO records_subject (kind, code, name, district, legal_representative, operating_status, id_type, id_cipher,
                                              id_hash, created_at, updated_at)
                 SELECT s_kind, s_code, s_name,
                        CASE WHEN substr(s_code, 3, 6) ~ '^[0-9]{6}$' THEN substr(s_code, 3, 6) ELSE '' END,
                        CASE WHEN s_kind = 'person' THEN '' ELSE legal_rep END, '', id_type, id_cipher, id_hash, now(), now()
                 FROM imp_subject WHERE subject_id IS NULL ORDER BY s_code, id_hash
                 ON CONFLICT DO NOTHING RETURNING id, code, id_hash)
               UPDATE imp_subject i SET subject_id = m.id, is_new = true FROM made m
               WHERE coalesce(i.s_code, i.id_hash) = coalesce(m.code, m.id_hash)"""
        )
        # Another transaction may have brought the same subject a moment ago: take that one.
        execute(
            "UPDATE imp_subject i SET subject_id = s.id FROM records_subject s WHERE i.subject_id IS NULL AND s.code = i.s_code"
        )
        execute(
            "UPDATE imp_subject i SET subject_id = s.id FROM records_subject s WHERE i.subject_id IS NULL AND s.id_hash = i.id_hash"
        )
        fresh = query(
            "SELECT subject_id, s_name, s_normal FROM imp_subject WHERE is_new AND s_kind <> 'person' ORDER BY skey"
        )
        rows = ((pk, name, normal, _array(names.bigrams(str(normal))), "t") for pk, name, normal in fresh)
        pg.copy_rows(
            "records_subjectname",
            ("subject_id", "name", "normal", "bigrams", "is_current"),
            rows,
            texts=("normal", "bigrams"),
        )

    def _numbers(self) -> None:
        """Old numbers of subjects that needed no judgement: nobody else has them."""
        execute(
            """INSERT INTO records_subjectidentifier (subject_id, kind, value)
               SELECT DISTINCT i.subject_id, a.kind, left(a.value, 80) FROM imp_number a JOIN imp_subject i USING (skey)
               WHERE NOT i.judged ON CONFLICT DO NOTHING"""
        )

    def _renew_numbers(self) -> None:
        if not sealing.rotating():
            return
        for (sealed,) in query(f"SELECT sealed FROM {self.stage} WHERE sealed <> ''"):  # noqa: S608 - own table name
            kept = json.loads(str(sealed))
            renew(open_kept(value, bytes.fromhex(each["cipher"])) for value, each in kept.items())

    def _seal_numbers(self) -> None:
        """Citizens' numbers among them stand by their hash; the cipher and the mask come from the row that brought them."""
        execute(
            f"""UPDATE records_subjectidentifier r SET masked = k.masked, cipher = k.cipher
               FROM (SELECT DISTINCT ON (e.key) e.key, e.value ->> 'masked' AS masked, decode(e.value ->> 'cipher', 'hex') AS cipher
                     FROM {self.stage} s, jsonb_each(s.sealed::jsonb) e WHERE s.sealed <> '' ORDER BY e.key, s.n) k
               WHERE r.value = k.key AND r.cipher IS NULL"""  # noqa: S608 - own table name
        )

    # --- names and particulars follow the rows (after the records are in)

    def follow(self) -> list[RowFinding]:
        """Let names and particulars follow: registration data rule, other documents only while there are none. Returns remarks."""
        remarks: list[RowFinding] = []
        if self.registration:
            self._take_registration()
            differing = "s.s_name <> u.name"
        else:
            execute(
                """UPDATE records_subject u SET legal_representative = i.legal_rep, updated_at = now() FROM imp_subject i
                   WHERE u.id = i.subject_id AND u.legal_representative = '' AND i.legal_rep <> '' AND u.kind <> 'person'"""
            )
            differing = (
                "NOT EXISTS (SELECT 1 FROM records_subjectname m WHERE m.subject_id = u.id AND m.normal = s.s_normal)"
            )
        found = query(
            f"""SELECT DISTINCT ON (u.id, s.s_normal) u.id, s.n, s.s_name, s.legal_rep, s.own_day, s.content
            FROM {self.stage} s JOIN imp_row r USING (n) JOIN records_subject u ON u.id = r.subject_id
            WHERE r.what IN ('c', 'u', 'r') AND u.kind <> 'person' AND {differing} ORDER BY u.id, s.s_normal, s.own_day"""  # noqa: S608
        )
        for pk, n, name, legal_rep, day, content in sorted(found, key=lambda row: (str(row[4] or ""), str(row[1]))):
            remarks += self._follow_one(int(str(pk)), int(str(n)), (str(name), str(legal_rep), day, str(content)))
        return remarks

    def _follow_one(self, pk: int, n: int, told: tuple[str, str, Any, str]) -> list[RowFinding]:
        name, legal_rep, day, content = told
        keys = RowKeys(subject_name=name, legal_rep=legal_rep, decided_on=day)
        found = follow_document(
            Subject.objects.get(pk=pk), keys, registration=self.registration, content=json.loads(content)
        )
        return [RowFinding(n, finding) for finding in found]

    def _take_registration(self) -> None:
        execute(
            f"""UPDATE records_subject u SET legal_representative = w.legal_rep, registered_on = w.day, operating_status = w.status,
                   updated_at = now()
            FROM (SELECT DISTINCT ON (u.id) u.id, coalesce(nullif(s.legal_rep, ''), u.legal_representative) AS legal_rep,
                         coalesce(s.own_day, u.registered_on) AS day,
                         coalesce(nullif(left(s.content::jsonb ->> '{STATUS_FIELD}', 40), ''), nullif(u.operating_status, ''),
                                  '登记在册') AS status
                  FROM {self.stage} s JOIN imp_row r USING (n) JOIN records_subject u ON u.id = r.subject_id
                  WHERE r.what IN ('c', 'u', 'r') ORDER BY u.id, s.n DESC) w
            WHERE w.id = u.id AND (u.legal_representative, u.registered_on, u.operating_status)
                  IS DISTINCT FROM (w.legal_rep, w.day, w.status)"""  # noqa: S608
        )


def _array(values: list[str]) -> str:
    """A PostgreSQL array literal."""
    quoted = ",".join('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return "{" + quoted + "}"
