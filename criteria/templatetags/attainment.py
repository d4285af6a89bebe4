from django import template

from criteria.attainment import result_name

register = template.Library()
register.filter("result_name", result_name)
