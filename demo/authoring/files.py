"""Writers of the attachments: PDF, XLSX, DOCX, CSV, PNG. Same input, same bytes: fixed dates, no identifiers from the clock."""
import io
import re
import zipfile
import zlib

from docx import Document
from fontTools import subset
from fontTools.ttLib import TTFont
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from PIL import Image, ImageDraw, ImageFont

FONT, FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2
MARK = "演示数据，仅供展示，不代表任何真实机构"
STAMP = (2018, 12, 31, 12, 0, 0)
INDIGO, AMBER, GREY, INK = "#3b4ba3", "#9a6a10", "#c9cedb", "#22263a"


def pdf(title, lines):
    """A4 pages. lines: (size, text or list of table cells); what is long is wrapped. The font subset travels inside the file."""
    pages, page, y = [], [], 0
    for size, text in [(18, part) for part in wrap(title, 25)] + [(9, MARK)] + lines:
        cells = text if isinstance(text, list) else [text]
        width = 471 / len(cells)
        columns = [wrap(cell, int((width - 8 * (len(cells) > 1)) / size)) or [""] for cell in cells]
        for n in range(max(map(len, columns))):
            if y + size * 1.7 > 720:
                pages.append(page)
                page, y = [], 0
            y += size * 1.7
            for i, column in enumerate(columns):
                if n < len(column):
                    x = 62 + i * width + 4 * (len(cells) > 1)
                    page.append((size, x if size != 18 else max(62, 297 - 9 * len(column[n])), 790 - y, column[n]))
        if len(cells) > 1:
            page.append((0, 62, 790 - y - 5, ""))
    pages.append(page)
    return write_pdf(title, pages)


def wrap(text, width):
    out, line, used = [], "", 0.0
    for ch in text:
        w = 0.55 if ord(ch) < 256 else 1.0
        if used + w > width and ch not in "，。；：、）》”":
            out.append(line)
            line, used = "", 0.0
        line, used = line + ch, used + w
    return out + [line] if line else out


def write_pdf(title, pages):
    chars = "".join(sorted({c for page in pages for *_, text in page for c in text} | set("第页共0123456789 —")))
    cff, cids, widths, name = font_subset(chars)
    objects = []

    def add(body, stream=None):
        if stream is not None:
            packed = zlib.compress(stream, 9)
            body = body.replace("LEN", str(len(packed)))
            objects.append(body.encode() + b"\nstream\n" + packed + b"\nendstream")
        else:
            objects.append(body.encode())
        return len(objects)

    add("<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> >>")
    add("")  # the page tree, filled in below
    font_file = add("<< /Length LEN /Filter /FlateDecode /Subtype /CIDFontType0C >>", cff)
    descriptor = add(f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-100 -250 1100 950] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 733 /StemV 80 /FontFile3 {font_file} 0 R >>")
    w = " ".join(f"{cids[c]} [{widths[c]}]" for c in chars)
    cid_font = add(f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW 1000 /W [{w}] >>")
    pairs = [f"<{cids[c]:04X}> <{c.encode('utf-16-be').hex().upper()}>" for c in chars]
    blocks = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in (pairs[i:i + 100] for i in range(0, len(pairs), 100)))
    cmap = ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + blocks + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    to_unicode = add("<< /Length LEN /Filter /FlateDecode >>", cmap.encode())
    font = add(f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{cid_font} 0 R] /ToUnicode {to_unicode} 0 R >>")
    kids = []
    for number, page in enumerate(pages, 1):
        footer = [(9, 250, 40, f"— 第{number}页 共{len(pages)}页 —")]
        ops = "".join(drawn(cids, *spot) for spot in page + footer)
        content = add("<< /Length LEN /Filter /FlateDecode >>", ops.encode())
        kids.append(add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 {font} 0 R >> >> /Contents {content} 0 R >>"))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>".encode()
    info = add(f"<< /Title <FEFF{title.encode('utf-16-be').hex().upper()}> /Creator (gongkai demo) /CreationDate (D:20181231120000+08'00') >>")
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for i, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{i} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{o:010} 00000 n \n".encode() for o in offsets))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def drawn(cids, size, x, y, text):
    """One piece of text, or with size 0 the line under a table row."""
    if not size:
        return f"0.7 G 0.5 w {x} {y:.1f} m 533 {y:.1f} l S\n"
    return f"BT /F1 {size} Tf {x:.1f} {y:.1f} Td <{''.join(f'{cids[c]:04X}' for c in text)}> Tj ET\n" if text else ""


def font_subset(chars):
    font = TTFont(FONT, fontNumber=FACE, lazy=True)
    options = subset.Options()
    options.layout_features, options.hinting, options.desubroutinize, options.notdef_outline = [], False, True, True
    options.drop_tables += ["GSUB", "GPOS", "vhea", "vmtx", "VORG", "BASE"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=chars)
    cutter.subset(font)
    best, metrics = font.getBestCmap(), font["hmtx"]
    glyph = {c: best[ord(c)] for c in chars}
    cids = {c: int(g[3:]) for c, g in glyph.items()}
    return font.getTableData("CFF "), cids, {c: metrics[g][0] for c, g in glyph.items()}, "GKDEMO+NotoSansCJKsc"


def fixed_zip(data):
    """The same archive with fixed times, so that two runs agree byte for byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            body = old.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2018-12-31T04:00:00Z", body)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, body)
    return out.getvalue()


def xlsx(title, tables):
    book = Workbook()
    book.properties.creator, book.properties.title = "演示数据", title
    for i, (caption, head, rows) in enumerate(tables):
        sheet = book.active if i == 0 else book.create_sheet()
        sheet.title = re.sub(r"[\[\]:*?/\\]", "", caption)[:28]
        sheet.append([caption])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(head))
        sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment(horizontal="center")
        sheet.append(head)
        for cell in sheet[2]:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE1F0")
        for row in rows:
            sheet.append([number(c) for c in row])
        sheet.append([])
        sheet.append([MARK])
        for n in range(len(head)):
            sheet.column_dimensions[chr(65 + n)].width = 12 + 1.6 * max(len(str(r[n])) for r in [head] + rows if n < len(r))
        sheet.freeze_panes = "A3"
    out = io.BytesIO()
    book.save(out)
    return fixed_zip(out.getvalue())


def number(text):
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else int(text) if re.fullmatch(r"-?[1-9]\d*|0", text) else text


def docx(title, paragraphs, grid):
    doc = Document()
    doc.core_properties.title, doc.core_properties.author = title, "演示数据"
    doc.add_heading(title, 0)
    doc.add_paragraph(MARK)
    for text in paragraphs:
        doc.add_paragraph(text)
    if grid:
        box = doc.add_table(rows=0, cols=len(grid[0]))
        box.style = "Table Grid"
        for row in grid:
            for cell, text in zip(box.add_row().cells, row):
                cell.text = text
    out = io.BytesIO()
    doc.save(out)
    return fixed_zip(out.getvalue())


def csv(head, rows):
    lines = [",".join(head)] + [",".join(f'"{c}"' if "," in c else c for c in row) for row in rows]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def face(size):
    return ImageFont.truetype(FONT, size, index=FACE)


def canvas(title, height=460):
    image = Image.new("RGB", (820, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 820, 8), fill=INDIGO)
    pen.text((36, 28), title, font=face(26), fill=INK)
    pen.text((36, height - 34), MARK, font=face(14), fill="#6a6f80")
    return image, pen


def finish(image):
    out = io.BytesIO()
    image.quantize(32, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def bars(title, values, unit=""):
    """values: (label, number). Horizontal bars with the figures printed, so that colour is never the only carrier."""
    image, pen = canvas(title, 130 + 62 * len(values))
    top = max(v for _, v in values) or 1
    for i, (label, value) in enumerate(values):
        y = 92 + i * 62
        pen.text((36, y + 4), label[:11], font=face(18), fill=INK)
        width = int(430 * value / top)
        pen.rectangle((250, y, 250 + width, y + 34), fill=INDIGO)
        pen.text((262 + width, y + 5), f"{value:g}{unit}", font=face(18), fill=INK)
    return finish(image)


def cards(title, points):
    """Numbered points one under the other, in full: a picture that can be read on a phone."""
    texts = [wrap(point, 30) for point in points]
    heights = [40 + 32 * len(lines) for lines in texts]
    image, pen = canvas(title, 150 + sum(heights) + 18 * len(points))
    y = 92
    for i, (lines, height) in enumerate(zip(texts, heights)):
        pen.rounded_rectangle((36, y, 784, y + height), 12, fill="#eef0fa")
        pen.rounded_rectangle((36, y, 96, y + height), 12, fill=INDIGO)
        pen.text((66, y + height / 2), str(i + 1), font=face(26), fill="white", anchor="mm")
        pen.multiline_text((116, y + 18), "\n".join(lines), font=face(20), fill=INK, spacing=10)
        y += height + 18
    return finish(image)


def steps(title, labels):
    """A flow from box to box, four in a row."""
    count = (len(labels) + 3) // 4
    image, pen = canvas(title, 140 + 130 * count)
    for i, label in enumerate(labels):
        x, y = 36 + (i % 4) * 192, 96 + (i // 4) * 130
        pen.rounded_rectangle((x, y, x + 160, y + 84), 12, outline=INDIGO, width=3, fill="#eef0fa")
        pen.text((x + 14, y + 8), str(i + 1), font=face(18), fill=AMBER)
        pen.multiline_text((x + 14, y + 32), "\n".join(wrap(label, 8)), font=face(16), fill=INK)
        if i + 1 < len(labels) and i % 4 < 3:
            pen.line((x + 162, y + 42, x + 188, y + 42), fill=GREY, width=4)
            pen.polygon([(x + 190, y + 42), (x + 180, y + 35), (x + 180, y + 49)], fill=GREY)
    return finish(image)
