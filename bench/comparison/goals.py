"""What a case decides."""

from dataclasses import dataclass
from statistics import median

from rounds import MEASURES


@dataclass(frozen=True)
class Goal:
    """
    A bound for a measure of one participant: for its ratio to that of another one in the same round, or for the measure itself. Without a
    bound, the ratio is only printed.
    """

    text: str
    measure: str
    against: str | None = None
    at_most: float | None = None
    at_least: float | None = None
    of: str = "gateway"

    def values(self, outcomes):
        """What is compared with the bound, for each round. None if a participant was not measured."""
        ours = outcomes.get(self.of)
        theirs = outcomes.get(self.against) if self.against else None
        if not ours or self.against and not theirs:
            return None
        if not theirs:
            return ours.values(self.measure)
        return [mine / other for mine, other in zip(ours.values(self.measure), theirs.values(self.measure), strict=True)]

    def is_met(self, values):
        """Whether the median of the rounds keeps the bound; None if there is no bound."""
        if self.at_most is not None:
            return median(values) <= self.at_most
        if self.at_least is not None:
            return median(values) >= self.at_least
        return None

    def bound(self):
        """As it is printed."""
        if self.at_most is None and self.at_least is None:
            return f"none, for information beside {self.against}"
        limit = self.at_most if self.at_most is not None else self.at_least
        sign = "≤" if self.at_most is not None else "≥"
        return f"{sign} {limit:g} × {self.against}" if self.against else f"{sign} {limit:,g}{MEASURES[self.measure].unit}"
