"""The candidates of a listed name: numbers first, then the nearest names, each with its reasons; never a natural person."""

from __future__ import annotations

import pytest

from records.identifiers.likeness import Alike
from records.imports.matching.candidates import candidates
from records.tests.factories import (
    PersonFactory,
    SubjectFactory,
    SubjectIdentifierFactory,
    SubjectNameFactory,
    valid_code,
    valid_reg_no,
)

pytestmark = pytest.mark.django_db
NAME = "哈尔滨鑫源商贸有限公司"


def firm(number: int, name: str, **more):
    return SubjectFactory(code=valid_code(number), name=name, **more)


def test_a_number_that_agrees_comes_before_the_very_name():
    named, numbered = firm(72000001, NAME), firm(72000002, "哈尔滨鑫源建材有限公司")
    found = candidates(NAME, {"org_code": numbered.code[8:17]})
    assert [each.subject.pk for each in found] == [numbered.pk, named.pk]
    assert found[0].reasons[0] == "组织机构代码相符"
    assert found[1].reasons == ("名称相同",)


def test_the_nearest_names_come_first_with_what_differs():
    firm(72000011, "哈尔滨大成建筑有限公司")
    branch = firm(72000012, f"{NAME}道里分公司")
    slip = firm(72000013, "哈尔滨鑫元商贸有限公司")
    found = candidates("哈爾濱鑫源商貿有限公司", {})
    assert [each.subject.pk for each in found] == [slip.pk, branch.pk]
    assert found[1].reasons == ("总机构与分支机构（“道里分公司”）",)


def test_a_former_name_and_a_former_code_lead_to_the_subject_that_stands():
    gone, kept = firm(72000021, "哈尔滨旧名贸易有限公司"), firm(72000022, "哈尔滨新名贸易有限公司")
    SubjectNameFactory(subject=kept, name=NAME)
    number = valid_reg_no(77)
    SubjectIdentifierFactory(subject=gone, value=number)
    gone.merged_into = kept
    gone.save()
    (found,) = candidates(NAME, {"reg_no": number})
    assert (found.subject.pk, found.likeness.alike) == (kept.pk, Alike.FORMER)
    assert found.reasons == ("工商注册号相符", f"与曾用名“{NAME}”相同")


def test_nobody_is_found_by_the_name_of_a_person():
    PersonFactory(name="张三")
    assert candidates("张三", {}) == []


def test_at_most_so_many():
    for number in range(9):
        firm(72000030 + number, f"哈尔滨鑫源商贸有限公司第{number}分公司")
    assert len(candidates(NAME, {})) == 6
