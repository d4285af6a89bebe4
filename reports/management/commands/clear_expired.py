from django.core.management.base import BaseCommand

from reports import incoming
from reports.exporting import starting
from schools import importing


class Command(BaseCommand):
    help = (
        "Xóa những tệp cũ đã tải lên quá 14 ngày mà không ai nhận vào, những gói dữ "
        "liệu đã hết hạn tải về và tệp danh sách chưa nhập. Chạy lại bao nhiêu lần "
        "cũng được; nên chạy hằng ngày."
    )

    def handle(self, *args, **options):
        count = incoming.clear_expired()
        self.stdout.write(f"Tệp cũ hết hạn đã xóa: {count}")
        self.stdout.write(f"Gói dữ liệu đã xóa: {starting.clear_expired()}")
        self.stdout.write(f"Tệp danh sách đã xóa: {importing.clear_expired()}")
