"""The end mark of an official text."""

from reports.official.document import Block, Paragraph, Table

MARK = "./."


def end_marked(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks with "./." at the end of the last text (P11)."""
    if not blocks:
        return ()
    last = blocks[-1]
    if isinstance(last, Table):
        return (*blocks, Paragraph(MARK))
    text = last.text.rstrip()
    if not text.endswith(MARK):
        text += "/." if text.endswith(".") else MARK
    return (*blocks[:-1], Paragraph(text, ref=last.ref))


def is_end_mark(block: Block | None) -> bool:
    """Whether `block` is the mark alone, as under a table: it must not go to the next
    page without a row."""
    return isinstance(block, Paragraph) and block.text == MARK
