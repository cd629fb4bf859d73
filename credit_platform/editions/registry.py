"""What the house learns of a list in editions: how its verbs read, and whose pages of the administration are whose."""

from __future__ import annotations

from typing import Any

from credit_platform.accounts import admin_rights
from credit_platform.audit import verbs
from credit_platform.editions.actions import Editions


def register(editions: Editions[Any, Any]) -> None:
    """Once in AppConfig.ready(); the permission itself is declared with those of the app."""
    name, what = editions.name, editions.what
    labels = {
        "new": f"编制{name}新版本",
        "change": f"修改{name}{what}",
        "remove": f"取消{name}{what}",
        "upload": f"导入{name}文件",
        "issue": f"发布{name}",
        "repeal": f"废止{name}",
    }
    verbs.declare({f"{editions.audit}.{verb}": label for verb, label in labels.items()})
    verbs.declare({f"{editions.audit_identity}.add": f"登记{what}", f"{editions.audit_identity}.change": f"修改{what}"})
    models = (editions.editions, editions.entries, editions.identities)
    admin_rights.declare({model._meta.label_lower: editions.permission for model in models})
