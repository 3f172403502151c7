"""Draws pages for tests: invented dispatches in a serif font, as a scanner would show them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.ocr import Array

DPI = 200
SIZE = (1654, 2339)
FONTS = (
    Path("/usr/share/fonts/truetype/freefont/FreeSerif.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"),
)
BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương và quy chế làm việc",
    "của Ủy ban nhân dân huyện Thanh Hòa, để chuẩn bị cho mùa mưa bão",
    "năm nay, Ủy ban nhân dân huyện yêu cầu các phòng, ban chuyên môn",
    "và Ủy ban nhân dân các xã, thị trấn thực hiện một số nhiệm vụ sau:",
    "1. Kiểm tra hệ thống kênh mương, cống thoát nước trên địa bàn.",
    "2. Phân công người trực, báo cáo kết quả trước ngày 15 tháng 6.",
    "3. Chuẩn bị phương tiện, vật tư và lực lượng tại chỗ để ứng phó.",
    "Giao Phòng Nông nghiệp theo dõi, đôn đốc việc thực hiện công văn này.",
)


def font(points: float = 13, dpi: int = DPI) -> ImageFont.FreeTypeFont:
    """Return the serif font of dispatches at a size in points."""
    path = next(path for path in FONTS if path.is_file())
    return ImageFont.truetype(str(path), round(points * dpi / 72))


def page(
    lines: tuple[str, ...] = BODY, *, size: tuple[int, int] = SIZE, left: int = 240, top: int = 300
) -> Image.Image:
    """Return a white page with lines of print."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        draw.text((left, top + 58 * i), line, font=font(), fill="black")
    return image


def pixels(image: Image.Image) -> Array:
    """Return a picture's pixels, grey or RGB as it is."""
    return np.asarray(image, dtype=np.uint8)


def share_found(expected: tuple[str, ...], text: str) -> float:
    """Return which share of the expected words stands in a text."""
    words = [word for line in expected for word in line.split()]
    return sum(word in text for word in words) / len(words)
