"""Courses in versions with their lessons and questions; who learns, tests, certificates."""

from education.models.courses import Course, CourseVersion, CourseVersionQuerySet, KeyGroup, Lesson, Material, Question
from education.models.learning import Attempt, Certificate, Learner, PackCourse, StaffPack

__all__ = [
    "Attempt",
    "Certificate",
    "Course",
    "CourseVersion",
    "CourseVersionQuerySet",
    "KeyGroup",
    "Learner",
    "Lesson",
    "Material",
    "PackCourse",
    "Question",
    "StaffPack",
]
