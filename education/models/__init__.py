"""Courses in versions with their lessons and questions; who learns, tests, certificates."""

from education.models.courses import Course, CourseVersion, CourseVersionQuerySet, KeyGroup, Lesson, Material, Question
from education.models.learning import Attempt, Certificate, Learner, PackCourse, StaffPack

# Last: they stand on the tables above.
from education.trainings.models import Invitation, Seat, Training  # isort: skip

__all__ = [
    "Attempt",
    "Certificate",
    "Course",
    "CourseVersion",
    "CourseVersionQuerySet",
    "Invitation",
    "KeyGroup",
    "Learner",
    "Lesson",
    "Material",
    "PackCourse",
    "Question",
    "Seat",
    "StaffPack",
    "Training",
]
