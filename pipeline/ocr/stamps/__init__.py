"""Stamps of urgency and secrecy: one finder of the places where a stamp may stand, and the judges of what stands there.

`places.py` finds frames, red ink and words set apart; `letters.py` knows the shapes of the letters of MẬT, TỐI MẬT
and TUYỆT MẬT, also where print runs across them; `secrecy.py` judges with any doubt counting, and
`pipeline/ocr/looks/urgency.py` with only what is sure.
"""
