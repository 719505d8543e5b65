"""An invented district on disk: people, offices and lists with known faults, on true village codes."""

from payung.district.maker import Made, make

__all__ = ["Made", "make"]
