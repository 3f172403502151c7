"""Documents that a text refers to: type, number, notation, day, issuer and title, from the words themselves.

>>> from pipeline import models
>>> cited = next(models.load().citations.find("Căn cứ Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị;"))
>>> cited.type_name, cited.number, cited.notation, cited.details.issued_on, cited.details.issuer
('Chỉ thị', '34', 'CT/TW', '2014-04-07', 'Bộ Chính trị')
"""

from pipeline.text.citations.citation import Citation, Details
from pipeline.text.citations.grammar import Grammar
from pipeline.text.citations.named import Names

__all__ = ["Citation", "Details", "Grammar", "Names"]
