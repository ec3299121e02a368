"""Mistakes planted in an extract, each listed with what a quality rule should say of it."""

from zlib import crc32

from plumbline.demo.children.cutting import Line
from plumbline.demo.children.world import World


class Faults:
    def __init__(self, world: World) -> None:
        self.planted: list[dict[str, str]] = []

    def spoil(self, table: str, line: Line) -> list[Line]:
        return [line]
