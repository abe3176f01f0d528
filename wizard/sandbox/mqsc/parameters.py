"""The parameters of one command, taken by keyword; what is left over in the end is a syntax error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.sandbox.mqsc.refusals import SyntaxRefusedError
from wizard.sandbox.mqsc.syntax import FLAGS, Command, Word
from wizard.sandbox.mqsc.values import only

SYNONYMS = {"TARGQ": "TARGET"}


class Parameters:
    """The words of a command behind its noun; the reader has already refused repeated ones."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.noun = command.words[1]
        self._words = {SYNONYMS.get(word.keyword, word.keyword): word for word in command.words[2:]}

    def __iter__(self) -> Iterator[tuple[str, Word]]:
        """What has not been taken yet."""
        return iter(list(self._words.items()))

    @property
    def first(self) -> str:
        """The keyword right behind the noun, empty when there is none."""
        words = self.command.words
        return words[2].keyword if len(words) > 2 else ""

    def __contains__(self, keyword: str) -> bool:
        return keyword in self._words

    def take(self, keyword: str) -> Word | None:
        """Take a word out, whatever its value."""
        return self._words.pop(keyword, None)

    def flag(self, keyword: str) -> bool | None:
        """True for the bare keyword, False for its NO form, None when neither is there."""
        for name, given in ((keyword, True), (f"NO{keyword}", False)):
            if (given or keyword in FLAGS) and name in self._words:
                word = self._words.pop(name)
                if word.values is not None:
                    raise SyntaxRefusedError(word.end)
                return given
        return None

    def text(self, keyword: str, longest: int = 10240) -> str | None:
        """The one value of a keyword without its trailing blanks, or None."""
        word = self.take(keyword)
        if word is None:
            return None
        text = only(word).text.rstrip(" ")
        if len(text.encode("utf-8", "surrogateescape")) > longest:
            raise SyntaxRefusedError(word.value_end)
        return text

    def one_of(self, keyword: str, values: Sequence[str]) -> str | None:
        """The value of a keyword that must be one of these words, or None."""
        word = self.take(keyword)
        if word is None:
            return None
        text = only(word).text
        if text not in values:
            raise SyntaxRefusedError(word.value_end)
        return text

    def texts(self, keyword: str, longest: int) -> list[str] | None:
        """The values of a list, or None."""
        word = self.take(keyword)
        if word is None:
            return None
        if word.values is None:
            raise SyntaxRefusedError(word.end)
        texts = [value.text.rstrip(" ") for value in word.values]
        if any(len(text) > longest for text in texts):
            raise SyntaxRefusedError(word.value_end)
        return texts

    def missing(self) -> SyntaxRefusedError:
        """The error for a command that lacks a parameter it cannot do without."""
        return SyntaxRefusedError(len(self.command.text))

    def done(self) -> None:
        """Raise when a word has not been taken: the command does not know it."""
        for word in self._words.values():
            raise SyntaxRefusedError(word.end)
