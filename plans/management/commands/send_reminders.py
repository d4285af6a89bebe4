from django.core.management.base import BaseCommand
from django.utils import timezone

from plans.digest import send_digests
from plans.reminding import remind
from schools.tasks import deliver_mails


class Command(BaseCommand):
    help = (
        "Viết thư nhắc hạn (trước 30 ngày, 7 ngày, 1 ngày) và thư tổng hợp đầu tuần vào "
        "hàng đợi, rồi nhờ tiến trình nền gửi mọi thư còn chờ. Chạy mỗi sáng một lần; "
        "chạy thêm lần nữa không gửi trùng."
    )

    def handle(self, *args, **options):
        today = timezone.localdate()
        reminders, digests = remind(today), send_digests(today)
        # Also for those that wait since the mail server or the worker stood still.
        deliver_mails.enqueue()
        self.stdout.write(
            f"Ngày {today:%d/%m/%Y}: {reminders} thư nhắc hạn, {digests} thư tổng hợp."
        )
