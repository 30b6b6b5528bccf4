"""Make the model that tells languages apart, from the sentences in `languages/`.

In:  `languages/*.txt`, a sentence a line; in `other.txt` a line like "# de" begins a language.
Out: `ingest/language_model.json`: for each language how likely each of its character n-grams is.

The sentences were written for this project. Tajik is learnt twice: as it is written, and as it is
typed where the keyboard has none of its own letters.

The same sentences give the same model:  python corpus/make_language_model.py [--out FILE]
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from ingest.language import letter_groups  # noqa: E402 - the project need not be installed

TEXTS = HERE / "languages"
MODEL = HERE.parent / "ingest" / "language_model.json"
MOST = 900  # n-grams kept of one language
UNSEEN = 0.2  # of the likelihood is left to n-grams that were not seen,
POSSIBLE = 20_000  # each of which is as likely, in any language
PLAIN_TAJIK = str.maketrans("ғӣқӯҳҷҒӢҚӮҲҶ", "гикухчГИКУХЧ")
KNOWN = ("en", "ru", "tg")


def sentences() -> dict[str, list[str]]:
    """Give the sentences of each language."""
    found = {code: (TEXTS / f"{code}.txt").read_text("utf-8").splitlines() for code in KNOWN}
    found["tg-plain"] = [line.translate(PLAIN_TAJIK) for line in found["tg"]]
    code = ""
    for line in (TEXTS / "other.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            code = line[2:]
        else:
            found.setdefault(code, []).append(line)
    return found


def learn(texts: dict[str, list[str]]) -> dict[str, object]:
    """Count n-grams; keep the frequent ones as whole hundredths of a logarithm of their share."""
    counts = {code: Counter(_all_groups(lines)) for code, lines in texts.items()}
    return {code: dict(_shares(counted)) for code, counted in sorted(counts.items())}


def _all_groups(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield from letter_groups(line)


def _shares(counted: Counter[str]) -> Iterator[tuple[str, int]]:
    kept = sorted(counted, key=lambda group: (-counted[group], group))[:MOST]
    yield "", _hundredths(0.0)
    for group in sorted(kept):
        yield group, _hundredths(counted[group] / counted.total())


def _hundredths(share: float) -> int:
    return round(100 * log((1 - UNSEEN) * share + UNSEEN / POSSIBLE))


def main() -> None:
    """Write the model."""
    parser = argparse.ArgumentParser(description="Make the model that tells languages apart.")
    parser.add_argument("--out", type=Path, default=MODEL)
    model = learn(sentences())
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    parser.parse_args().out.write_text(text.replace("},", "},\n") + "\n", "utf-8")


if __name__ == "__main__":
    main()
