"""Words of the public site in its templates."""

from django import template

from disclosure.public import kinds

register = template.Library()
register.filter("kind_label", kinds.kind_label)
register.filter("list_address", kinds.list_address)
