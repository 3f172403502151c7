"""The table of CSIP's requirements: a sound package keeps every one, and every one can be broken."""

import re

import pytest
from lxml import etree

from pipeline.archive.package.mets import Described, Group, Manifest, mets
from pipeline.archive.package.parts import Part
from pipeline.archive.verify.rules import Rule, broken, rules
from tests.archive.filing import MAKING

PART = Part("metadata/a.xml", 1, "0" * 64, "application/xml", "a")
METS = mets(
    Manifest(
        "01", "01", "Hồ sơ", "Mixed", "tt05-2025", MAKING, "", (Described(PART, "EAD", "2002"),),
        (Described(PART, "PREMIS", "3.0"),), (Group("Documentation", (PART,)), Group("Schemas", (PART,))),
        (("rep1", PART),),
    )
)  # fmt: skip


def test_a_sound_package_keeps_every_requirement() -> None:
    assert [rule.id for rule, _ in broken(etree.fromstring(METS), package=True)] == []


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_requirement_looks_somewhere_and_can_be_broken(rule: Rule) -> None:
    root = etree.fromstring(METS)
    nodes = rule.context(root)
    assert nodes
    for node in nodes:
        assert rule.test(node)
        node.attrib.clear()
        for child in list(node):
            node.remove(child)
        assert not rule.test(node)


def test_the_table() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids)) > 80
    for rule in rules():
        assert re.fullmatch(r"CSIP\d+", rule.id)
        assert rule.level in {"MUST", "SHOULD"}
        assert rule.where in {"package", "any"}
        assert rule.vi != rule.en


def test_a_representation_needs_no_schemas_of_its_own() -> None:
    bare = etree.fromstring(mets(Manifest("01", "rep1", None, "Mixed", "a", MAKING, groups=(Group("Data", (PART,)),))))
    assert not list(broken(bare, package=False))
    assert {"CSIP60", "CSIP113", "CSIP114"} <= {rule.id for rule, _ in broken(bare, package=True)}
