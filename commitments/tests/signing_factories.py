"""A list in force with a matter that may be signed online, its texts, and a company that may sign; all invented."""

from __future__ import annotations

from datetime import date

import factory

from commitments.models import LetterTemplate, Matter, MatterEntry, MatterList
from credit_platform.accounts.tests.factories import DepartmentFactory

SINCE = date(2026, 1, 1)
BODY = "一、本单位已知晓许可条件，承诺在{{期限}}前达到全部条件。\n二、从业人员{{人数}}人均已培训。"


class MatterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Matter

    code = factory.Sequence(lambda n: f"CN-{n:04d}")
    name = factory.Sequence(lambda n: f"示例经营许可{n}")


class MatterListFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MatterList
        django_get_or_create = ("code",)

    code = "signing-2026"
    name = "示例承诺事项清单"
    basis = "示例依据"
    state = "issued"
    valid_from = SINCE


class EntryFactory(factory.django.DjangoModelFactory):
    """An entry of the list in force, for organisations and sole traders, to be signed online, with version 1 of its text."""

    class Meta:
        model = MatterEntry
        skip_postgeneration_save = True

    edition = factory.SubFactory(MatterListFactory)
    matter = factory.SubFactory(MatterFactory)
    kind = "power"
    department = factory.SubFactory(DepartmentFactory)
    commitment_type = "approval"
    subject_kinds = ["legal", "sole_trader"]
    who = "依法登记的经营主体。"
    notice = "作出承诺后即可取得许可，三个月内接受检查。"
    online = True

    @classmethod
    def _create(cls, model_class, *args, **values):
        made = super()._create(model_class, *args, **values)
        TemplateFactory(matter=made.matter)
        return made


class TemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LetterTemplate

    matter = factory.SubFactory(MatterFactory)
    version = 1
    title = "示例经营许可告知承诺书"
    body = BODY
    liability = "违反承诺的，依法撤销许可，并记入信用记录。"
    blanks = [
        {"name": "期限", "label": "达到条件的日期", "kind": "date", "required": True},
        {"name": "人数", "label": "从业人数", "kind": "number", "required": False},
    ]
    state = "issued"
    valid_from = SINCE


VALUES = {"期限": "2027-01-31", "人数": "12"}
