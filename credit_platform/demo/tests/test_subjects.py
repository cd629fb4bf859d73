from random import Random

from credit_platform.demo.departments import DEPARTMENTS, department_code
from credit_platform.demo.subjects import fictitious_person, make_subjects
from records.identifiers import idcard, uscc
from records.identifiers.regions import HARBIN_DISTRICTS


def test_every_subject_has_a_well_formed_code_and_a_name_of_its_own():
    subjects = make_subjects(800, Random(1))
    assert len({s.code for s in subjects}) == len({s.name for s in subjects}) == 800
    assert not [s.code for s in subjects if uscc.check(s.code).findings]


def test_all_eighteen_districts_and_counties_are_inhabited():
    assert {s.district for s in make_subjects(800, Random(1))} == {r.code for r in HARBIN_DISTRICTS}


def test_the_same_seed_gives_the_same_city():
    assert make_subjects(50, Random(7)) == make_subjects(50, Random(7))


def test_thirty_departments_have_well_formed_codes():
    codes = [department_code(n, row.district) for n, row in enumerate(DEPARTMENTS, 1)]
    assert len(set(codes)) == 30
    assert not [code for code in codes if uscc.check(code).findings]


def test_persons_have_well_formed_numbers_of_adults():
    random = Random(3)
    for _ in range(50):
        _, number = fictitious_person(random)
        assert idcard.check(number).is_valid
