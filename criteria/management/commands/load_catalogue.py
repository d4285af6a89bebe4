from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from criteria.catalogue import CatalogueError, default_files, load


class Command(BaseCommand):
    """Load or update the catalogues of criteria (see `criteria.catalogue`)."""

    help = (
        "Nạp hoặc cập nhật các bộ tiêu chuẩn, tiêu chí của thông tư từ tệp JSON. Chạy lại "
        "không làm đổi gì; có một lỗi thì không nạp tệp nào. Không bao giờ xóa tiêu chí: "
        "tệp thiếu một mục đang có trong hệ thống thì bị từ chối."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            metavar="FILE",
            help="tệp cần nạp; để trống thì nạp mọi tệp trong fixtures/catalogue",
        )

    def handle(self, *args, files, **options):
        paths = files or default_files()
        if not paths:
            raise CommandError("Không có tệp nào trong fixtures/catalogue.")
        try:
            outcomes = load(paths)
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        for outcome in outcomes:
            self.stdout.write(str(outcome))
