"""The desk's pages of the libraries."""

from supervision.inspections.libraries.pages.lists import end_recusal, inspector_list, new, object_list, one, step
from supervision.inspections.libraries.pages.uploads import upload_bearers, upload_inspectors

__all__ = [
    "end_recusal",
    "inspector_list",
    "new",
    "object_list",
    "one",
    "step",
    "upload_bearers",
    "upload_inspectors",
]
