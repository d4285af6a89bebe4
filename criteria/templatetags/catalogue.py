from django import template

from schools.enums import LevelOfSchooling

register = template.Library()


@register.filter
def repealed(requirement, day):
    """Whether `requirement` is repealed on `day`."""
    return requirement.is_repealed(day)


@register.filter
def level_names(circular):
    """The levels of schooling a circular is for, in the order of schooling."""
    held = {level.code for level in circular.education_levels.all()}
    return ", ".join(label for code, label in LevelOfSchooling.choices if code in held)
