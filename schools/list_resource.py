"""What the lists of an office share: a row is recognised by its key cells, checked cell by
cell, and tells its troubles all at once."""

from django.core.exceptions import ValidationError
from import_export import resources

from qualityplan.text import fold
from schools.list_files import ROW, Formula
from schools.resource_fields import EMPTY, FORMULA


class ListResource(resources.ModelResource):
    """What the three lists share. `reach` is that of the leader `by`."""

    label = file_name = hint = ""
    do_not_call_in_templates = True

    def __init__(self, *, reach, by):
        super().__init__()
        self.reach, self.by = reach, by
        self.stored, self._rows_by_key = {}, {}

    def columns(self):
        return [self.fields[name] for name in self._meta.fields]

    def key_fields(self):
        return [self.fields[name] for name in self._meta.import_id_fields]

    def row_key(self, row):
        """What the row is recognised by; raises ValidationError where that is unclear."""
        return tuple(fold(row[field.column_name]) for field in self.key_fields())

    def before_import_row(self, row, **kwargs):
        """The cells that say which row it is must be filled, and once only."""
        errors = {}
        for field in self.key_fields():
            text = row[field.column_name]
            if not text or isinstance(text, Formula):
                errors[field.attribute] = FORMULA if text else EMPTY
        if errors:
            raise ValidationError(errors)
        first = self._rows_by_key.setdefault(self.row_key(row), row[ROW])
        if first != row[ROW]:
            name = self.key_fields()[0].attribute
            raise ValidationError(
                {name: f"Trùng với dòng {first} của tệp. Hãy giữ một dòng."}
            )

    def get_instance(self, instance_loader, row):
        return self.stored.get(self.row_key(row))

    def after_init_instance(self, instance, new, row, **kwargs):
        """All troubles of the row at once; blank cells become what is stored."""
        instance.texts_before = {} if new else self.texts(instance)
        errors = {}
        for name, field in zip(self._meta.fields, self.columns(), strict=True):
            if not new and not row.get(field.column_name):
                row[field.column_name] = instance.texts_before[name]
            if trouble := field.checked(row, is_new=new):
                errors[field.attribute] = trouble
        errors |= self.more_errors(instance, new, row) if not errors else {}
        if errors:
            raise ValidationError(errors)

    def more_errors(self, instance, new, row):
        """Troubles between cells that are sound by themselves, by attribute."""
        return {}

    def texts(self, instance):
        """The cells of `instance` as they are exported, by field."""
        named = zip(self._meta.fields, self.columns(), strict=True)
        return {name: field.export(instance) for name, field in named}


def looked_up(names, text, attribute):
    """`names.get(text)`; raises ValidationError for the cell `attribute`."""
    try:
        return names.get(text)
    except ValueError as error:
        raise ValidationError({attribute: str(error)}) from None
