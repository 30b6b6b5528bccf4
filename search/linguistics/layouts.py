"""Layouts: what was typed with the wrong keyboard layout switched on.

In:  a text as typed.
Out: what the same keys give in other layouts: Latin (QWERTY) read as Russian (ЙЦУКЕН) and as Tajik,
     and either read as Latin; none for a text that would stay the same.
Source: the layouts `us`, `ru` and `tj` of X11's xkeyboard-config, which are those of Windows.
"""

from __future__ import annotations

from typing import Final

_LATIN: Final = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
_RUSSIAN: Final = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TAJIK: Final = "ёйқукенгшҳзхъфҷвапролджэячсмитӣбю." + "ЁЙҚУКЕНГШҲЗХЪФҶВАПРОЛДЖЭЯЧСМИТӢБЮ,"
_TABLES: Final = (
    str.maketrans(_LATIN, _RUSSIAN),
    str.maketrans(_LATIN + "-=_+", _TAJIK + "ғӯҒӮ"),
    str.maketrans(_RUSSIAN, _LATIN),
    str.maketrans(_TAJIK + "ғӯҒӮ", _LATIN + "-=_+"),
)


def other_layouts(text: str) -> tuple[str, ...]:
    """Return what the keys of a text give in other layouts, each once."""
    if not _is_one_script(text):
        return ()
    found = dict.fromkeys(text.translate(table) for table in _TABLES)
    return tuple(other for other in found if other != text and _is_one_script(other))


def _is_one_script(text: str) -> bool:
    """Tell whether Latin and Cyrillic letters are not mixed: then keys were read in one layout."""
    letters = [character for character in text if character.isalpha()]
    return len({character.isascii() for character in letters}) == 1
