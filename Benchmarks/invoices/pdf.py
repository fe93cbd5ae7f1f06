"""The smallest PDF that lays text out on pages: PDF 1.4, Courier, A4 upright, nothing embedded."""

import re
import zlib

LINES_A_PAGE = 60
SIZE = 9
WIDTH = SIZE * 0.6
LEADING = 12
LEFT, TOP = 48, 790


def escaped(text):
    """A PDF string in Windows' Western encoding."""
    data = text.encode("cp1252")
    return b"(" + re.sub(rb"([()\\])", rb"\\\1", data) + b")"


def content(lines, in_pieces):
    """Draws lines; `in_pieces`: what stands apart is drawn apart, as typesetting programs do."""
    parts = [b"BT", f"/F1 {SIZE} Tf".encode()]
    for index, line in enumerate(lines):
        pieces = re.finditer(r"\S+(?: \S+)*", line) if in_pieces else re.finditer(r"\S.*", line)
        for piece in pieces:
            x, y = LEFT + piece.start() * WIDTH, TOP - index * LEADING
            parts.append(f"1 0 0 1 {x:.1f} {y} Tm ".encode() + escaped(piece.group()) + b" Tj")
    return b"\n".join(parts + [b"ET"])


def pdf(lines, in_pieces=False, compressed=False):
    """The file's bytes."""
    pages = [lines[first:first + LINES_A_PAGE] for first in range(0, max(1, len(lines)), LINES_A_PAGE)]
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for index, page in enumerate(pages):
        stream = content(page, in_pieces)
        filters = ""
        if compressed:
            stream, filters = zlib.compress(stream), "/Filter /FlateDecode "
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * index} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objects.append(f"<< {filters}/Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    data, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for index, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{index} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n" + "".join(f"{p:010d} 00000 n \n" for p in places)
    trailer = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (table + trailer).encode()
