"""What other apps may use of the notices: to tell people something, in the admin and by e-mail."""

from cms.notices.actions import notify
from cms.notices.mailing import mail_waiting
from cms.notices.wording import Kind, register_notice

__all__ = ["Kind", "mail_waiting", "notify", "register_notice"]
