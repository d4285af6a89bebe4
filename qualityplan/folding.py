"""A column that keeps another one's text without accents, so that the database itself can
search in it, the same way on every database."""

from django.db import models

from qualityplan.text import fold


class FoldedField(models.TextField):
    """The folded text (`qualityplan.text.fold`) of the field named `of`. It is written
    whenever a whole row is saved or created in bulk; what writes single columns
    (`update`, `bulk_update`) must write both."""

    def __init__(self, *args, of, **kwargs):
        self.of = of
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance, add):
        text = fold(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, text)
        return text
