"""A printed figure beside ours with the rest of its page: what every check looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from callover.likeunits import counted_in
from callover.model import Number, Published
from callover.periods import Period
from callover.ratings import PRINTED
from callover.reconcile.claims import claimed
from callover.reconcile.counterpart import TOTALS, WORDED, Counterpart, Source
from callover.reconcile.extracts import Family, Page, family_of, outliers
from callover.reconcile.printed import Printed
from callover.reconcile.told import page_prints, we_get
from callover.travel import printed as direction_of


@dataclass(frozen=True)
class Case:
    """A printed figure, ours beside it, and the rest of the page.

    `data_to` is the period that the print's release closes with.
    """

    row: Published
    printed: Printed | None
    ours: Counterpart
    page: Page
    data_to: Period | None = None

    @property
    def figures(self) -> tuple[Printed, Number] | None:
        """Both figures as numbers; None where one of them is missing."""
        if self.printed is None or self.ours.value is None:
            return None
        return self.printed, self.ours.value

    @cached_property
    def family(self) -> Family | None:
        """The prints that hang together with this one."""
        return family_of(self.page, self.row, self.printed, self.ours) if self.printed else None

    @property
    def total(self) -> Source | None:
        """Where our figure comes from, if it is one total over one window."""
        source = self.ours.source
        return source if source is not None and source.role in TOTALS else None

    @property
    def prints(self) -> str:
        """What the page prints, in words."""
        return page_prints(self.ours, self.row.as_printed)

    def both(self, finer: int = 0) -> str:
        """Give our figure and the printed one, ours with so many more decimals."""
        return f"{self.own(finer)} {self.prints}" if self.figures else self.prints

    def own(self, finer: int = 0) -> str:
        """Give our figure in words, with as many decimals as the print and some more."""
        return we_get(self.ours, (self.printed.decimals if self.printed else 0) + finer)

    def outliers(self, measure: str) -> Sequence[Printed]:
        """Give the prints of a measure that differ from ours while another print agrees."""
        return outliers(self.page, self.row, self.ours, measure)


#: How a claim in words is read, by what it is compared as.
_READ = {"against": claimed, "unit": counted_in}


def agrees(case: Case) -> bool:
    """Say whether our figure gives the print, half-up at the decimals that it has."""
    if case.ours.role in WORDED:
        return said(case.ours.role, case.row.as_printed) == case.ours.verdict
    if case.figures is None:
        return False
    printed, value = case.figures
    if case.ours.bounds is not None:
        return case.ours.bounds[0] <= printed.value <= case.ours.bounds[1]
    return printed.agrees(value) and printed.of in (None, case.ours.group_size)


def said(role: str, as_printed: str) -> str:
    """Read a printed verdict, as one of ours; '' if it is none."""
    text = as_printed.strip()
    if role in _READ:
        return _READ[role](text)
    return PRINTED.get(text, "") if role == "rating" else direction_of(text)
