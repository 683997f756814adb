"""The corpus of broken inputs: what people, spreadsheets and strangers do to data packages.

GROUPS has the cases by what is wrong with them. Each case is a change of a sound package and the
message that it must get: file, row, column, value, and words of what was expected and of what to
do. `tests.corpus.run` checks them all; `make audit ARGS="--only corpus"` does so with the real
command.

A new column or setting needs a case; a test says which. A case is a row of the module that its
fault belongs to; `tests.corpus.case` has what a row says, `tests.corpus.package` what can be done
to a sound package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.corpus import (
    bombs,
    dates,
    descriptors,
    encodings,
    every,
    names,
    numbers,
    own,
    paths,
    rows,
    shapes,
    shared,
    sums,
    texts,
    unlikely,
)
from tests.corpus.case import Case

GROUPS: Mapping[str, Sequence[Case]] = {
    "numbers and units": numbers.CASES,
    "dates and periods": dates.CASES,
    "rows": rows.CASES,
    "sums and parts": sums.CASES,
    "unlikely figures": unlikely.CASES,
    "shapes of files": shapes.CASES,
    "encodings": encodings.CASES,
    "texts and formulas": texts.CASES,
    "names": names.CASES,
    "descriptors": descriptors.CASES,
    "paths": paths.CASES,
    "bombs": bombs.CASES,
    "tables of a partnership": own.CASES,
    "shared tables": shared.CASES,
    "every column": every.CASES,
}
