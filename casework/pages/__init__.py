"""The pages of a procedure, made from its declaration: list, case, step, attachment, notice and decision in print, the subject's own."""

from casework.pages.desk import CasePages, StepPage

__all__ = ["CasePages", "StepPage"]
