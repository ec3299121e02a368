"""Plainly invented names: everyday first names with plants and birds for surnames, none used twice."""

import random
from collections.abc import Iterator

FIRST = (
    "Ada Amos Anwen Arlo Beryl Bilal Bryn Cora Dara Delia Dilip Edie Elgan Esme Farah Fergus Flora Gita "
    "Gwen Hana Harriet Hugo Ines Iqra Ivo Jabari Jude Kiri Lena Leoni Lorna Mabel Malik Marlo Mina Moss "
    "Nell Niamh Nico Odette Omar Orla Osian Petra Priya Quinn Rafi Remy Roisin Rowan Safia Selma Silas "
    "Sunita Tamsin Tariq Una Vera Wilf Yara Yusuf Zadie"
).split()
LAST = (
    "Alder Avocet Barley Bilberry Bittern Bracken Brambling Bryony Bullfinch Campion Chervil Clover "
    "Coltsfoot Curlew Dabchick Dunlin Dunnock Eider Fennel Fieldfare Foxglove Gadwall Gannet Gorse "
    "Greenshank Harebell Heron Hornbeam Juniper Kestrel Kittiwake Knapweed Lapwing Larkspur Linnet Lovage "
    "Mallow Marjoram Martin Meadowsweet Medlar Nightjar Nuthatch Osier Oystercatcher Pintail Pipit Plover "
    "Quill Redstart Reedmace Rowanberry Sanderling Sedge Shelduck Siskin Skylark Sorrel Spindle Starling "
    "Stonechat Tansy Teasel Thistle Vetch Whimbrel Whinchat Wigeon Woodruff Yarrow"
).split()


def invented_names(chance: random.Random) -> Iterator[str]:
    """Names without end, none twice."""
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(pairs)
    yield from pairs
