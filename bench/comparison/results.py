"""What was measured, as files that are written as soon as a case has ended."""

import json
from dataclasses import asdict, dataclass

from rounds import Round


@dataclass(frozen=True)
class Outcome:
    """How the rounds of a participant went."""

    name: str
    version: str
    warm_up: str
    counted: int | None
    memory: float | None
    rounds: list[Round]

    def values(self, measure):
        """A measure of each round; the peak memory is the same for all."""
        if measure == "memory":
            return [self.memory] * len(self.rounds)
        return [getattr(one, measure) for one in self.rounds]

    def has(self, measure):
        return None not in self.values(measure)


@dataclass(frozen=True)
class Result:
    """How a case went."""

    case: str
    conditions: str
    outcomes: list[Outcome]

    def by_name(self):
        return {outcome.name: outcome for outcome in self.outcomes}


def result(case, conditions, participants):
    return Result(case, conditions, [
        Outcome(one.name, one.version, one.warm_up, one.counted, one.memory, one.rounds) for one in participants])


def save(result, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result.case}.json").write_text(json.dumps(asdict(result), indent=1) + "\n")


def load(folder):
    """All saved results by the name of their case."""
    return {file.stem: parse(json.loads(file.read_text())) for file in sorted(folder.glob("*.json"))}


def parse(saved):
    outcomes = [
        Outcome(**{**outcome, "rounds": [Round(**one) for one in outcome["rounds"]]}) for outcome in saved["outcomes"]]
    return Result(saved["case"], saved["conditions"], outcomes)
