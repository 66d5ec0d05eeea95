"""Sentences about one topic: its few words come back often, as they do in a real procedure."""

import random
import re
from collections.abc import Sequence
from typing import TypeVar

from phrases import INVERTED, OPENINGS, STRAIGHT, TAILS
from words import ADJECTIVES, FIRST, HEADS, PLACE_ENDS, PLACES, ROLES, VERBS

Item = TypeVar("Item")
NUMBERS = (2, 3, 4, 5, 7, 10, 14, 20, 30)
SLOT = re.compile(r"\{(\w)\}")
NOUN_FORMS = {"n": 0, "d": 1, "m": 2}
VERB_FORMS = {"i": 0, "v": 1, "p": 2}


class Prose:
    """Text in one language; everything random comes from the generator it is given."""

    def __init__(self, language: str, rng: random.Random) -> None:
        self.language = language
        self.rng = rng
        self.firsts = [self.early(FIRST[language]) for _ in range(9)]
        self.heads = [self.early(HEADS[language]) for _ in range(12)]
        titles = [(nb if language == "nb" else da).lower() for _, nb, da in ROLES]
        self.roles = rng.sample(titles, 5)
        self.place = self.pick(PLACES) + self.pick(PLACE_ENDS)

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items, each as likely."""
        return items[int(self.rng.random() * len(items))]

    def early(self, items: Sequence[Item]) -> Item:
        """One of the items, the first ones more likely."""
        return items[int(self.rng.random() ** 1.5 * len(items))]

    def noun(self, form: int) -> str:
        """A noun, mostly a compound, mostly of the topic."""
        chance = self.rng.random
        head = self.pick(self.heads) if chance() < 0.68 else self.early(HEADS[self.language])
        if chance() < 0.3:
            return head[form]
        first = self.pick(self.firsts) if chance() < 0.68 else self.early(FIRST[self.language])
        if chance() < 0.1:
            first += self.early(FIRST[self.language])
        return first + head[form]

    def word(self, slot: str) -> str:
        """What stands in one slot of a sentence."""
        if slot in NOUN_FORMS:
            return self.noun(NOUN_FORMS[slot])
        if slot in VERB_FORMS:
            return self.early(VERBS[self.language])[VERB_FORMS[slot]]
        if slot == "r":
            return self.pick(self.roles)
        if slot == "k":
            return str(self.pick(NUMBERS))
        return self.place if slot == "s" else self.early(ADJECTIVES[self.language])

    def fill(self, pattern: str) -> str:
        """The pattern with a word in every slot, its first letter a capital."""
        text = SLOT.sub(lambda slot: self.word(slot[1]), pattern)
        return text[0].upper() + text[1:]

    def sentence(self) -> str:
        """One sentence with its full stop."""
        chance, language = self.rng.random, self.language
        if chance() < 0.42:
            pattern = f"{self.pick(OPENINGS[language])} {self.pick(INVERTED[language])}"
        else:
            pattern = self.pick(STRAIGHT[language])
        if chance() < 0.55:
            pattern += f", {self.pick(TAILS[language])}"
        return self.fill(pattern) + "."

    def sentences(self, low: int, high: int) -> str:
        """A paragraph of low to high sentences."""
        return " ".join(self.sentence() for _ in range(self.rng.randint(low, high)))
