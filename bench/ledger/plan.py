"""What writers write: no two writes have the same customer and the same film, so that a write that was executed twice is found."""

import itertools
import secrets

from clients import Customer

RUN = secrets.token_hex(4)


class Plan:
    """The writes of one writer, as one of its customers after the other. It goes on from fault to fault."""

    def __init__(self, number, customers, movies):
        self._pairs = ((customer, movie) for customer in customers for movie in movies)
        self._numbers = itertools.count(1)
        self._name = f"ledger-{RUN}-{number}"
        self.customer = customers[0]

    def next(self):
        self.customer, movie = next(self._pairs)
        return self.customer, movie

    def key(self):
        """A new Idempotency-Key."""
        return f"{self._name}-{next(self._numbers)}"


def plans(scene, writers):
    """Distributes all customers among the writers."""
    customers = [Customer(identifier, token) for identifier, token in scene.customers()]
    movies = scene.movies()
    return [Plan(number, customers[number::writers], movies) for number in range(writers)]
