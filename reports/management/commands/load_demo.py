from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plans.transitions import TransitionError
from plans.yearfile.loading import YearFileError
from reports import demo
from reports.management.output import database_faults_in_one_line


class Command(BaseCommand):
    help = (
        "Nạp dữ liệu mẫu (một phường, ba trường, ba năm học) vào cơ sở dữ liệu còn trống "
        "và in các tài khoản dùng thử. Đã có dữ liệu thì không thay đổi gì."
    )

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError(
                "Dữ liệu mẫu có mật khẩu ai cũng biết nên chỉ nạp được trên máy dùng thử "
                "(DEBUG=1), không nạp trên hệ thống đang dùng thật."
            )
        with database_faults_in_one_line():
            if demo.is_empty():
                self._load()
            accounts = demo.accounts()
        self._print(accounts)

    def _load(self):
        today, begin = timezone.localdate(), demo.begins_on()
        if today < begin:
            raise CommandError(
                f"Đồng hồ của máy đang là ngày {today:%d/%m/%Y}, trước ngày phường trong "
                f"dữ liệu mẫu được lập ({begin:%d/%m/%Y}). Hãy chỉnh lại ngày giờ của máy "
                "rồi chạy lại."
            )
        try:
            demo.load_demo()
        except (YearFileError, TransitionError) as error:
            raise CommandError(f"Không nạp được dữ liệu mẫu. {error}") from None
        self.stdout.write("Đã nạp dữ liệu mẫu.")

    def _print(self, accounts):
        if not accounts:
            self.stdout.write("Cơ sở dữ liệu đã có dữ liệu, không nạp dữ liệu mẫu.")
            return
        rows = [("E-mail", "Vai trò", "Nơi")]
        rows += [(account.email, account.role, account.place) for account in accounts]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        for email, role, place in rows:
            self.stdout.write(f"{email:{widths[0]}}  {role:{widths[1]}}  {place}")
        self.stdout.write(f"Mật khẩu của mọi tài khoản: {demo.PASSWORD}")
