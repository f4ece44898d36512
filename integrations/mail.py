"""Mail by SMTP: Chinese HTML with the same in plain text, under a Message-ID that a repetition shares."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Literal

from integrations.outgoing import Outgoing
from integrations.unreachable import Unreachable

TIMEOUT = 20.0


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server. `sender` may carry a name: 濠江区扶贫办 <bangfu@example.gov.cn>."""

    host: str
    port: int
    sender: str
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def reaches(self, to: str) -> bool:
        return "@" in to

    def send(self, message: Outgoing) -> None:
        """Hand the mail to the server. An address that the server does not know is not worth another try."""
        try:
            with self._connected() as server:
                server.send_message(self.compose(message))
        except smtplib.SMTPRecipientsRefused as no:
            code, why = next(iter(no.recipients.values()))
            raise Unreachable(f"邮件地址被拒收：{code} {_readable(why)}", permanent=code >= 500) from no
        except smtplib.SMTPDataError as no:
            raise Unreachable(f"邮件被退：{no.smtp_code} {_readable(no.smtp_error)}", no.smtp_code >= 500) from no
        except (smtplib.SMTPException, OSError) as no:
            raise Unreachable(f"邮件服务器{self.host}不可用：{no}") from no

    def compose(self, message: Outgoing) -> EmailMessage:
        """The mail as it travels."""
        name, address = parseaddr(self.sender)
        mail = EmailMessage()
        mail["From"] = Address(name, addr_spec=address)
        mail["To"] = Address(addr_spec=message.to)
        mail["Subject"] = message.title.replace("\n", " ")
        mail["Message-ID"] = f"<{message.id}@{address.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"  # no answering machine answers it
        mail.set_content(message.text, cte="base64")
        if message.html:
            mail.add_alternative(message.html, subtype="html", cte="base64")
        return mail

    def _connected(self) -> smtplib.SMTP:
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT,
                                                    context=ssl.create_default_context())  # fmt: skip
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            if self.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.user is not None:
                server.login(self.user, self.password or "")
        except BaseException:
            server.close()
            raise
        return server


def _readable(why: bytes | str) -> str:
    return why.decode("utf-8", "replace") if isinstance(why, bytes) else why
