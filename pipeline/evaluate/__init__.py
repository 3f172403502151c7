"""Scores the tables against gold files: fields, every kind of claim, whole dispatches, what confidences are worth.

A gold file is JSON, one for a dispatch, in the shape that `docs/evaluation.md` describes and `congvan gold`
writes. Gold and dispatch are paired by the file's name.

`pairs` lays gold and tables side by side, `compare` says when two values are the same, `marks` what is
right and wrong about one dispatch, `scores` adds up; `report` puts all of it together, and `plain` and
`page` show it.
"""

from pipeline.evaluate.compare import ENTITIES, FIELDS, align, normal, similarity
from pipeline.evaluate.plain import to_json, to_text
from pipeline.evaluate.report import Report, evaluate

__all__ = ["ENTITIES", "FIELDS", "Report", "align", "evaluate", "normal", "similarity", "to_json", "to_text"]
