"""What the lists of an office share: a row is recognised by its key cells, checked cell by
cell, and tells its troubles all at once. Rows are checked against what was read beforehand
and written together: a query per row takes too long for a request."""

from django.core.exceptions import ValidationError
from import_export import resources
from import_export.widgets import ManyToManyWidget

from qualityplan.text import fold
from schools.list_files import ROW, Formula
from schools.resource_fields import EMPTY, FORMULA


class ListResource(resources.ModelResource):
    """What the three lists share. `reach` is that of the leader `by`. `columns_written`
    are those of the table that a row may change; all others stay as they are."""

    label = file_name = hint = ""
    columns_written = ()
    do_not_call_in_templates = True

    def __init__(self, *, reach, by):
        super().__init__()
        self.reach, self.by = reach, by
        self.stored, self._rows_by_key = {}, {}
        self.created, self.updated = [], []  # to be written

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

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Whether the row changes nothing of what is shown."""
        if import_validation_errors:
            return False
        instance.texts_after = {
            name: self._text_after(name, instance, row) for name in self._meta.fields
        }
        return instance.texts_after == instance.texts_before

    def _text_after(self, name, instance, row):
        """Links to other rows are not on the `instance` before they are written."""
        field = self.fields[name]
        if not isinstance(field.widget, ManyToManyWidget):
            return field.export(instance)
        if not row.get(field.column_name):
            return instance.texts_before.get(name, "")
        return field.widget.render(field.clean(row))

    def validate_instance(
        self, instance, import_validation_errors=None, validate_unique=True
    ):
        """The checks of the model that need no query. The others hold already: relations
        and unique names come from `stored` and its like, and the database has the last
        word."""
        errors = dict(import_validation_errors or {})
        if self._meta.clean_model_instances:
            relations = {f.name for f in instance._meta.fields if f.is_relation}
            try:
                instance.full_clean(
                    exclude=relations | errors.keys(),
                    validate_unique=False,
                    validate_constraints=False,
                )
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance, is_create, row, **kwargs):
        """Keep it for `write`."""
        self.before_save_instance(instance, row, **kwargs)
        (self.created if is_create else self.updated).append(instance)

    def save_m2m(self, instance, row, **kwargs):
        """Left to `write`."""

    def after_import(self, dataset, result, **kwargs):
        """Nothing: a list names no keys. Setting the sequence to the largest key seen, as
        the library does, would hand out again what others have not committed yet."""

    def write(self):
        """Write what the rows change. Raises DatabaseError where it does not fit what
        somebody else wrote at the same time."""
        table = self._meta.model.objects
        table.bulk_create(self.created)
        if self.updated:
            table.bulk_create(
                self.updated,
                update_conflicts=True,
                unique_fields=["pk"],
                update_fields=self.columns_written,
            )

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
