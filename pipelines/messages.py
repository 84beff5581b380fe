"""What the software says to people: every message stands in Japanese and English side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One message in both languages; whoever shows it picks, or shows both."""

    ja: str
    en: str

    def text(self, lang: str) -> str:
        """The message in `lang` ('ja' or 'en'); anything else reads as Japanese."""
        return self.en if lang == "en" else self.ja

    def both(self) -> str:
        """Japanese first, English below it, as the command prints it."""
        return f"{self.ja}\n{self.en}"

    def __add__(self, other: Message) -> Message:
        """Two messages one after the other."""
        return Message(f"{self.ja}\n{other.ja}", f"{self.en}\n{other.en}")


def plain(text: str, longest: int | None = None) -> str:
    """Text of a file or a name on one line, without what a terminal would obey; cut to `longest`."""
    kept = "".join(sign if sign.isprintable() or sign == "\u3000" else " " for sign in text)
    return kept if longest is None or len(kept) <= longest else f"{kept[: longest - 1]}…"


class UserError(Exception):
    """Something the reader can act on: what happened, where, and what to do next."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message

    @property
    def message_ja(self) -> str:
        """The message in Japanese."""
        return self.message.ja

    @property
    def message_en(self) -> str:
        """The message in English."""
        return self.message.en
