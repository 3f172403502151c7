"""Masks: 255 where something is and 0 elsewhere, one byte a pixel however they are made."""

from __future__ import annotations

import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from pipeline.ocr import Array


def mask(where: NDArray[np.bool_]) -> Array:
    """Return the mask of the pixels for which something holds."""
    return np.multiply(where, np.uint8(255), dtype=np.uint8)


def mask_of(labels: MatLike, chosen: NDArray[np.bool_]) -> Array:
    """Return the mask of the components that are chosen; `chosen` has an item for each label, 0 the background's."""
    return np.asarray(mask(chosen)[labels], dtype=np.uint8)
