"""The page of one disclosure, its review, and the forms of its verbs."""

from disclosure.views.item.page import changes, item, item_of, page_of
from disclosure.views.item.review import review
from disclosure.views.item.verbs import act

__all__ = ["act", "changes", "item", "item_of", "page_of", "review"]
