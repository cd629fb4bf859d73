"""The verbs of agencies: registered of their own will, authorised by subjects, read under a key, struck by two."""

from industry.agencies.actions.calling import call
from industry.agencies.actions.granting import authorise
from industry.agencies.actions.registering import apply, confirm, connect, leave, register, return_, verify
from industry.agencies.actions.striking import decide, determine, dismiss, hear, notify, propose, respond, serve

__all__ = [
    "apply",
    "authorise",
    "call",
    "confirm",
    "connect",
    "decide",
    "determine",
    "dismiss",
    "hear",
    "leave",
    "notify",
    "propose",
    "register",
    "respond",
    "return_",
    "serve",
    "verify",
]
