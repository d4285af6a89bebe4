"""Which texts around the tables go on into next year's plan, and, in words, what begins
afresh and what stays behind."""

from dataclasses import dataclass

from django.utils import timezone

from plans import drafting
from plans.enums import SectionEditing
from plans.layouts import layout_for

# The grounds name last year's documents and results: the form words them anew.
_CARRIED_SECTIONS = ("purpose", "organisation")
_RECIPIENTS = "recipients"
# Every text that may be offered, whatever has gone on already.
TEXT_KEYS = (*_CARRIED_SECTIONS, _RECIPIENTS)


@dataclass(frozen=True)
class Item:
    """One line of a list nobody has to decide on."""

    name: str
    reason: str


@dataclass(frozen=True)
class TextOffer:
    """A text that the school wrote and that may go on as it is."""

    key: str
    name: str
    text: str
    reason: str = "Chép nguyên văn; xem lại những chỗ nêu năm học, số liệu."

    def write(self, plan):
        """Put the text into `plan`, unless somebody has written there since."""
        if self.key == _RECIPIENTS:
            if has_form_recipients(plan):
                plan.recipients = self.text
                plan.save(update_fields=["recipients"])
            return
        section = plan.sections.filter(key=self.key).first()
        if section is not None and is_as_the_form_has_it(section):
            section.text = _joined(section, self.text)
            section.save(update_fields=["text"])


def text_offers(old_plan, new_year, circular, target):
    """The texts to copy, and the items that are not copied though they are texts."""
    offers, kept = [], []
    if old_plan.layout.key == layout_for(circular).key:
        free = _untouched_keys(target)
        for section in old_plan.sections.all():
            own = _own_text(section)
            if not own:
                continue
            if section.key in _CARRIED_SECTIONS:
                if free is None or section.key in free:
                    offers.append(TextOffer(section.key, section.title, own))
            else:
                kept.append(Item(section.title, _grounds_reason(section)))
    recipients, reason = _recipients(old_plan, new_year, target)
    if recipients:
        offers.append(TextOffer(_RECIPIENTS, "Nơi nhận", recipients))
    elif reason:
        kept.append(Item("Nơi nhận", reason))
    return tuple(offers), tuple(kept)


def _grounds_reason(section):
    if section.spec is None:
        return "Mục riêng của văn bản năm trước, mẫu không có."
    return "Nêu văn bản và kết quả của năm trước; mẫu được điền lại theo năm mới."


def _own_text(section):
    """What the school wrote in `section`; empty where the form's words are all."""
    return "" if is_as_the_form_has_it(section) else drafting.added_text(section)


def _joined(section, text):
    """`text` in its section of the new plan: below the form's words where the form has
    words of its own, unless the text holds them already."""
    spec = section.spec
    fixed = spec.prefilled(section.plan.school_year)
    if spec.editing is SectionEditing.ADD and fixed not in text:
        return f"{fixed}\n{text}"
    return text


def is_as_the_form_has_it(section):
    spec = section.spec
    return spec is not None and section.text == spec.prefilled(section.plan.school_year)


def _untouched_keys(target):
    """Keys of the sections of `target` that nobody has written in; None for all."""
    if target is None:
        return None
    return {s.key for s in target.sections.all() if is_as_the_form_has_it(s)}


def has_form_recipients(plan):
    words = drafting.form_words(plan.school, plan.school_year, plan.circular)
    return plan.recipients == "\n".join(
        line.format(**words) for line in plan.layout.recipients
    )


def _recipients(old_plan, new_year, target):
    """The recipients to copy, or why they are not copied."""
    if not old_plan.recipients.strip():
        return "", ""
    if target is not None and (
        target.recipients == old_plan.recipients or not has_form_recipients(target)
    ):
        return "", ""
    written_on = old_plan.issued_on or old_plan.school_year.starts_on
    before = _office(old_plan.school, written_on)
    after = _office(old_plan.school, new_year.clamp(timezone.localdate()))
    if before != after:
        now = after or "chưa ghi"
        return "", f"Cơ quan quản lý nay là {now}; mẫu được điền lại."
    return old_plan.recipients, ""


def _office(school, day):
    supervision = school.supervision_on(day)
    return supervision.authority.name if supervision else ""


def reset_items(old_plan, circular, kept):
    """What the new plan begins afresh."""
    items = [
        Item(
            "Mức độ thực hiện",
            "Năm mới chưa thực hiện; kết quả năm trước xem được ở từng nội dung.",
        ),
        Item("Thời gian thực hiện", "Chép nguyên văn để sửa lại theo năm mới."),
        Item("Số, ngày, chữ ký", "Chỉ có khi kế hoạch mới được ban hành."),
        Item("Trích yếu, căn cứ, lời dẫn", "Điền lại theo mẫu của năm mới."),
    ]
    layout = layout_for(circular)
    if layout.monitoring:
        items.append(
            Item("Theo dõi, đánh giá", "Hai lần theo dõi của năm mới, chưa có kết quả.")
        )
    if layout.key != old_plan.layout.key:
        blank = [
            c.label
            for c in layout.rows
            if c.field in ("indicator", "expected_evidence")
        ]
        if blank:
            items.append(
                Item(
                    " và ".join(blank),
                    "Mẫu cũ không có cột này; để trống, trường bổ sung.",
                )
            )
    return (*items, *kept)


def left_items(old_plan, circular):
    """What stays with the old plan, besides rows."""
    items = [
        Item("Minh chứng", "Thuộc năm học trước, mã theo năm; không dùng lại mã."),
        Item("Góp ý, lịch sử", "Nằm lại với kế hoạch cũ."),
    ]
    if old_plan.closing_rows.strip():
        items.append(Item("Dòng cuối bảng", "Nói về mức của năm trước."))
    layout = layout_for(circular)
    if layout.focus_issues and old_plan.layout.focus_issues:
        items.append(
            Item(
                "Vấn đề trọng tâm không gắn với nội dung được chọn",
                "Chọn lại từ kết quả tự đánh giá mới.",
            )
        )
    if layout.key != old_plan.layout.key:
        items.append(
            Item(
                "Các mục lời văn, mức và ghi chú",
                "Mẫu của năm mới khác; xem lại ở bản in của năm trước.",
            )
        )
    return tuple(items)
