"""Reads a folder of Metastock files, written from the facts of the format alone, and prints it as JSON.

No rule of repair: what the files say comes out. Numbers are exact.
"""
import json
import math
import os
import struct
import sys

DATE, HIGH, LOW, CLOSE, VOLUME, OPEN, INTEREST, TIME = 1, 2, 4, 8, 16, 32, 64, 128
IN_FILE = [(DATE, "date"), (TIME, "time"), (OPEN, "open"), (HIGH, "high"), (LOW, "low"), (CLOSE, "close"),
           (VOLUME, "volume"), (INTEREST, "interest")]


def number(raw):
    b0, b1, b2, exponent = raw
    if exponent == 0:
        return 0.0
    mantissa = (b2 & 0x7F) * 65536 + b1 * 256 + b0
    value = math.ldexp(8388608 + mantissa, exponent - 129 - 23)
    return -value if b2 & 0x80 else value


def text(raw):
    return raw.split(b"\0")[0].decode("cp1252").strip(" ")


def columns_of(bits):
    return [name for bit, name in IN_FILE if bits & bit]


def columns_by_count(count, period):
    names = {4: "date high low close", 5: "date high low close volume", 6: "date open high low close volume",
             7: "date time open high low close volume" if period == "I" else "date open high low close volume interest",
             8: "date time open high low close volume interest"}
    return names[count].split()


def master(raw):
    entries = {}
    for at in range(53, 53 * (raw[0] + 1), 53):
        r = raw[at:at + 53]
        assert struct.unpack_from("<H", r, 1)[0] == 101 and r[3] == 4 * r[4]
        period = chr(r[33])
        entries[r[0]] = {
            "symbol": text(r[36:50]), "name": text(r[7:23]), "period": period, "minutes": struct.unpack_from("<H", r, 34)[0],
            "columns": columns_by_count(r[4], period), "first": int(number(r[25:29])), "last": int(number(r[29:33]))}
    assert raw[2] >= max(entries)
    return entries


def emaster(raw):
    entries = {}
    for at in range(192, 192 * (raw[0] + 1), 192):
        r = raw[at:at + 192]
        assert bin(r[7]).count("1") == r[6]
        long_name = text(r[139:191])
        entries[r[2]] = {
            "symbol": text(r[11:25]), "name": long_name or text(r[32:48]), "period": chr(r[60]),
            "minutes": struct.unpack_from("<H", r, 62)[0], "columns": columns_of(r[7]),
            "first": int(struct.unpack_from("<f", r, 64)[0]), "last": int(struct.unpack_from("<f", r, 72)[0])}
    return entries


def xmaster(raw):
    assert raw[:4] == bytes.fromhex("5DFE584D")
    count, again = struct.unpack_from("<H", raw, 10)[0], struct.unpack_from("<H", raw, 14)[0]
    assert count == again
    entries = {}
    for at in range(150, 150 * (count + 1), 150):
        r = raw[at:at + 150]
        assert r[0] == 1
        first, last = struct.unpack_from("<i", r, 108)[0], struct.unpack_from("<i", r, 116)[0]
        entries[struct.unpack_from("<H", r, 65)[0]] = {
            "symbol": text(r[1:15]), "name": text(r[16:61]), "period": chr(r[62]), "minutes": struct.unpack_from("<H", r, 63)[0],
            "columns": columns_of(r[70]), "first": first - 19000000, "last": last - 19000000}
    return entries


def rows(path, columns):
    with open(path, "rb") as file:
        raw = file.read()
    length = 4 * len(columns)
    count = struct.unpack_from("<H", raw, 2)[0] - 1
    assert len(raw) == length * (count + 1)
    return [[number(raw[at + c:at + c + 4]) for c in range(0, length, 4)] for at in range(length, len(raw), length)]


def main(folder):
    entries = {}
    for name, reader in (("MASTER", master), ("EMASTER", emaster), ("XMASTER", xmaster)):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                entries.update(reader(file.read()))
    out = []
    for n in sorted(entries):
        path = os.path.join(folder, "F%d.%s" % (n, "DAT" if n <= 255 else "MWD"))
        if os.path.exists(path):
            out.append(dict(entries[n], number=n, rows=rows(path, entries[n]["columns"])))
    json.dump(out, sys.stdout)


main(sys.argv[1])
