"""The rows of a layer, of which something may be wrong; a message names the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journey.errors import shown
from journey.network_file.letters import has_unwritable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray


class Rows(NamedTuple):
    """Rows by what they are called in a message, such as ``section 'w12'``."""

    layer: str
    ids: Sequence[Any]

    def refuse(
        self,
        wrong: ArrayLike,
        what: str,
        values: Sequence[Any] | NDArray[Any],
        expected: str,
        first: NDArray[np.intp] | None = None,
    ) -> None:
        """Refuse the first row of which something is wrong.

        Parameters
        ----------
        wrong : array of bool, shape (n,)
            Whether each value is wrong.
        what : str
            What the values are.
        values : sequence, length n
            The values.
        expected : str
            What was expected instead.
        first : ndarray of int, optional
            Where the values of each row begin, if it has several.

        Raises
        ------
        ValueError
            If any is wrong.
        """
        found = np.flatnonzero(wrong)
        if not len(found):
            return
        number = int(found[0])
        row = number if first is None else int(np.searchsorted(first, number, side="right")) - 1
        value = values[number]
        value = value.item() if isinstance(value, np.generic) else value
        where = f"{self.layer} {shown(self.ids[row])}"
        raise ValueError(f"{where}: {what} {shown(value)}, expected {expected}")

    def check_types(
        self,
        name: str,
        values: Sequence[Any],
        types: set[type],
        expected: str,
        first: NDArray[np.intp] | None = None,
    ) -> None:
        """See to it that the values of a column are of some types."""
        if set(map(type, values)) - types:
            wrong = [type(value) not in types for value in values]
            self.refuse(wrong, name, values, expected, first)

    def check_texts(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """See to it that columns are of texts, without letters that no text has."""
        for name, values in columns.items():
            if has_unwritable([self.joined(name, values)]):
                wrong = [has_unwritable([value]) for value in values]
                self.refuse(wrong, name, values, "letters, none that control a terminal")

    def joined(self, name: str, values: Sequence[str], between: str = "") -> str:
        """Join a column of texts, and see to it that they are; nothing does both as fast."""
        try:
            return between.join(values)
        except TypeError:
            self.check_types(name, values, {str}, "text")
            raise

    def check_once(self) -> None:
        """See to it that every row has an identifier of its own."""
        if len(set(self.ids)) < len(self.ids) or not all(self.ids):
            seen: set[str] = {""}
            wrong = [id_ in seen or bool(seen.add(id_)) for id_ in self.ids]  # type: ignore[func-returns-value]
            self.refuse(wrong, "id", self.ids, "every one once, and none empty")
