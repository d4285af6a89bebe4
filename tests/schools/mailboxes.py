"""Mail servers that fail."""

from django.core.mail.backends.locmem import EmailBackend

BAD = "khong-nhan@example.edu.vn"


class DownBackend(EmailBackend):
    """Nobody answers."""

    def open(self):
        raise ConnectionRefusedError("[Errno 111] Connection refused")


class PickyBackend(EmailBackend):
    """Answers, but refuses mails to one address."""

    def send_messages(self, messages):
        if any(BAD in message.to for message in messages):
            raise OSError("550 no such user")
        return super().send_messages(messages)


DOWN = f"{__name__}.DownBackend"
PICKY = f"{__name__}.PickyBackend"
