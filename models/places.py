"""Rebuilds `gazetteers/places.tsv`: `python -m models.places`, from the mapping of units that underthesea carries.

Districts as they stood when districts ended, and the communes that stand directly under their provinces since.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from pipeline.text.match import Gazetteer, read_gazetteer
from pipeline.text.names import slug
from pipeline.text.organizations import DISTRICTS_ENDED

LISTS = Path(__file__).parent / "gazetteers"
COLUMNS = ("id", "name", "aliases", "valid_from", "valid_to", "province", "level")
LAST_DAY_OF_DISTRICTS = "2025-06-30"

Row = tuple[str, str, str, str, str, str, str]


def rows(provinces: Gazetteer) -> Iterator[Row]:
    """Yield a row for each district and each commune, with the id of its province."""
    mapping = json.loads(files("underthesea").joinpath("address/data/mapping.json").read_text(encoding="utf-8"))
    units = mapping["ward_mapping"]
    old = {(unit["old_district"], unit["old_province"]) for unit in units if unit["old_district"]}
    new = {(unit["new_ward"], unit["new_province"]) for unit in units if unit["new_ward"]}
    for name, province in sorted(old):
        place = _province(provinces, province, LAST_DAY_OF_DISTRICTS)
        yield f"{place}.{slug(name)}", name, "", "", LAST_DAY_OF_DISTRICTS, place, "district"
    for name, province in sorted(new):
        place = _province(provinces, province, DISTRICTS_ENDED)
        yield f"{place}.{slug(name)}", name, "", DISTRICTS_ENDED, "", place, "commune"


def _province(provinces: Gazetteer, name: str, day: str) -> str:
    short = name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
    entry = provinces.find(short, day=day)
    if entry is None:
        raise LookupError(f"no province {name} on {day} in provinces.tsv")
    return entry.id


def main() -> None:
    """Write the list anew."""
    with (LISTS / "places.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(read_gazetteer(LISTS / "provinces.tsv")))


if __name__ == "__main__":
    main()
